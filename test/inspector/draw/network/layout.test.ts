/** Positions in the network picture follow from the parties, and leave room for what is drawn. */
import { describe, expect, it } from 'vitest';
import { networkLayout } from '../../../../inspector/draw/network/layout.ts';
import { peopleOf } from '../../../../inspector/draw/network/people.ts';
import { PIPE } from '../../../../inspector/draw/network/sizes.ts';
import { type Scene, sceneOf } from '../../../../inspector/draw/network/state/scene.ts';
import { recorderOf } from '../../../../inspector/story/record.ts';
import { systemOf } from '../../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { DIRECT_LINK, THREE_HOPS, TWO_USERS } from '../../../../properties/deployments/plain.ts';
import { REFUSED } from './support/runs.ts';

const sceneIn = (deployment: ReturnType<typeof deploymentOf>): Scene =>
  sceneOf(recorderOf({ deployment, system: systemOf(deployment) }).empty);

const ARTICLE = sceneOf(REFUSED);
const HOPS = sceneIn(deploymentOf(THREE_HOPS));

describe('the scene of a story', () => {
  it('has its parties with their kinds, callers first', () => {
    expect(HOPS.places).toEqual([
      { party: 'alice', kind: 'browser', isUser: true },
      { party: 'frontEnd', kind: 'Basic', isUser: false },
      { party: 'middle', kind: 'NTLM', isUser: false },
      { party: 'mailbox', kind: 'NTLM', isUser: false },
    ]);
    expect(HOPS.users).toEqual(['alice']);
  });
});

describe.each([
  ['three parties', ARTICLE, 400],
  ['four parties', HOPS, 600],
  ['a long name', longer(ARTICLE, 'the-web-server-in-front'), 400],
] as const)('the layout of %s', (_, scene, width) => {
  const { boxes, routes } = networkLayout(scene, width);
  const placed = [...boxes.values()];

  it('is a row from edge to edge, without overlap', () => {
    expect(placed[0]?.x).toBe(0);
    expect(placed.at(-1)!.x + placed.at(-1)!.width).toBeCloseTo(width);
    for (const [i, { x }] of placed.slice(1).entries())
      expect(x - placed[i]!.x - placed[i]!.width).toBeGreaterThanOrEqual(PIPE.least - 0.001);
  });

  it('leads each connection from the box of its client to the box of its server', () => {
    for (const { name, from, to } of scene.connections) {
      const { start, end } = routes.get(name)!;
      expect(start).toBeCloseTo(boxes.get(from)!.x + boxes.get(from)!.width);
      expect(end).toBeCloseTo(boxes.get(to)!.x);
    }
  });
});

function longer(scene: Scene, name: string): Scene {
  const named = (party: string) => (party === 'frontEnd' ? name : party);
  return {
    ...scene,
    places: scene.places.map((place) => ({ ...place, party: named(place.party) })),
    connections: scene.connections.map((connection) => ({
      ...connection,
      from: named(connection.from),
      to: named(connection.to),
    })),
  };
}

describe('connections that are no chain', () => {
  it.each([deploymentOf(TWO_USERS, 'NTLM'), deploymentOf(DIRECT_LINK)])(
    'in $name are a RangeError',
    (deployment) => {
      const scene = sceneIn(deployment);
      expect(() => networkLayout(scene, 400)).toThrow(
        new RangeError('the connections are no chain'),
      );
    },
  );
});

describe('users', () => {
  const letters = (...users: readonly string[]) =>
    [...peopleOf(users).values()].map((person) => person.letters);

  it('have their first letter, and two letters where others begin alike', () => {
    expect(letters('alice', 'bob')).toEqual(['A', 'B']);
    expect(letters('alice', 'adam', 'bob')).toEqual(['Al', 'Ad', 'B']);
  });

  it('differ in shape and colour from their neighbours, and in one of them from all others', () => {
    const users = Array.from({ length: 20 }, (_, i) => `user-${i}`);
    const people = [...peopleOf(users).values()];
    const looks = people.map(({ shape, fill }) => `${shape} ${fill}`);
    expect(new Set(looks).size).toBe(20);
    for (const [i, { shape, fill, letter }] of people.slice(1).entries()) {
      expect(shape).not.toBe(people[i]!.shape);
      expect(fill).not.toBe(people[i]!.fill);
      if ((i + 1) % 5 !== 0) expect(letter).not.toBe(people[i]!.letter);
    }
  });
});
