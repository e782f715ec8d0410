/** The content of the network picture is what the run says, at every position. */
import { describe, expect, it } from 'vitest';
import { itemText } from '../../../../inspector/draw/network/state/items.ts';
import {
  type PictureState,
  pictureAt,
} from '../../../../inspector/draw/network/state/picture-state.ts';
import { sceneOf } from '../../../../inspector/draw/network/state/scene.ts';
import { recorderOf } from '../../../../inspector/story/record.ts';
import type { Story } from '../../../../inspector/story/story.ts';
import { systemOf } from '../../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { TWO_USERS } from '../../../../properties/deployments/plain.ts';
import { numbers, walked } from '../../story/support/stories.ts';
import { BASIC, NTLM } from '../../story/support/verdicts.ts';
import { FAULTY, REFUSED, told, VIOLATED } from './support/runs.ts';

const positionsOf = ({ steps }: Story) => Array.from({ length: steps.length + 1 }, (_, i) => i);

const heldIn = ({ holds }: PictureState, party: string) => (holds[party] ?? []).map(itemText);
const pipesIn = ({ pipes }: PictureState) =>
  pipes.map(({ connection, stage, takenFor }) =>
    [connection.to, stage, ...(stage === 'taken' ? [takenFor] : [])].join(' '),
  );
const moveIn = ({ move }: PictureState) =>
  move === null
    ? null
    : `${move.hasArrived ? 'arrived' : 'put'}: ${move.carries.map(itemText).join(', ')}`;

/** Alice mistypes the password, and the front end refuses it. */
function mistyped(): Story {
  const recorder = recorderOf({ deployment: BASIC, system: systemOf(BASIC) });
  const [browser, wire] = ['alice@frontEnd', 'alice>frontEnd#1/wire'];
  const steps = [
    recorder.take(browser, { type: 'user.visits', via: 'alice>frontEnd#1', path: 'mailbox' }),
    recorder.take(wire, { type: 'wire.deliver' }),
    recorder.take(wire, { type: 'wire.deliver' }),
    recorder.take(browser, { type: 'user.types', secret: { passwordOf: null } }),
    recorder.take(wire, { type: 'wire.deliver' }),
  ].flatMap((step) => step ?? []);
  return { ...recorder.empty, steps };
}

/** One line a position, from `first` on. */
const toldFrom = (story: Story, first: number) =>
  positionsOf(story)
    .slice(first)
    .map((position) => {
      const state = pictureAt(story, position);
      const held = ['frontEnd', 'mailbox'].flatMap((host) => heldIn(state, host));
      return [state.actor, moveIn(state), pipesIn(state).join(', '), held.join(', ')].join(' | ');
    });

describe('with NTLM, the picture', () => {
  it('shows who acts, what travels, which connections are there and what hosts hold', () => {
    const signedIn = 'frontEnd taken alice';
    const token = 'a token for alice';
    expect(toldFrom(REFUSED, 6)).toEqual([
      'alice | put: a request for alice, … | frontEnd open | ',
      'frontEnd | put: challenge 1 | frontEnd challenged | challenge 1',
      "alice | put: alice's response to challenge 1 | frontEnd challenged | challenge 1",
      `frontEnd | arrived: alice's response to challenge 1 | ${signedIn} | ${token}`,
      `frontEnd | put: a request for alice | ${signedIn}, mailbox open | ${token}`,
      `mailbox | put: 401 | ${signedIn}, mailbox open | ${token}`,
      `frontEnd | put: a request for alice, … | ${signedIn}, mailbox open | ${token}`,
      `mailbox | put: challenge 1 | ${signedIn}, mailbox challenged | ${token}, challenge 1`,
      `frontEnd | put: an anonymous response | ${signedIn}, mailbox challenged | ` +
        `${token}, challenge 1`,
      `mailbox | arrived: an anonymous response | ${signedIn}, mailbox open | ${token}`,
    ]);
  });

  it('marks the refusal at the next hop, in its own step only', () => {
    const marks = positionsOf(REFUSED).map((position) => pictureAt(REFUSED, position).mark);
    expect(marks.slice(0, -1)).toEqual(Array(15).fill(null));
    expect(marks.at(-1)).toMatchObject({
      kind: 'refused',
      connection: { from: 'frontEnd', to: 'mailbox' },
      text: 'mailbox refuses: the response is anonymous',
    });
    const longer = told('asked-again', NTLM);
    expect(pictureAt(longer, 15).mark?.kind).toBe('refused');
    expect(pictureAt(longer, 16).mark).toBeNull();
  });
});

describe('with Basic, the picture', () => {
  it('shows the password travel on, and stay where it was', () => {
    expect(toldFrom(VIOLATED, 4)).toEqual([
      "alice | put: alice's password | frontEnd open | ",
      "frontEnd | arrived: alice's password | frontEnd taken alice | alice's password",
      "frontEnd | put: alice's password | frontEnd taken alice, mailbox open | alice's password",
      "mailbox | arrived: alice's password | frontEnd taken alice, mailbox taken alice | " +
        "alice's password, alice's password",
    ]);
  });

  it('marks the violation where the server accepts a stranger', () => {
    expect(pictureAt(VIOLATED, 7).mark).toMatchObject({
      kind: 'violated',
      connection: { from: 'frontEnd', to: 'mailbox' },
      text: 'alice never signed in to mailbox',
    });
    expect(pictureAt(VIOLATED, 6).mark).toBeNull();
  });

  it('shows a connection as authenticated until the request is answered', () => {
    const story = told('mailbox-read', BASIC);
    expect(pipesIn(pictureAt(story, 7))).toEqual(['frontEnd taken alice', 'mailbox taken alice']);
    expect(pipesIn(pictureAt(story, 8))).toEqual(['frontEnd taken alice', 'mailbox open']);
  });

  it('marks a refused password, which belongs to no user', () => {
    const story = mistyped();
    const end = pictureAt(story, story.steps.length);
    expect(end.mark).toMatchObject({ kind: 'refused', text: 'frontEnd refuses the password' });
    expect(moveIn(end)).toBe('arrived: a wrong password');
    expect(pipesIn(end)).toEqual(['frontEnd open']);
  });
});

describe('with the fault that a sign-in leaves the password, the picture', () => {
  it('differs from the run without it, at the front end and at the next hop', () => {
    expect(heldIn(pictureAt(REFUSED, 9), 'frontEnd')).toEqual(['a token for alice']);
    expect(heldIn(pictureAt(FAULTY, 9), 'frontEnd')).toEqual(["alice's password"]);
    const end = pictureAt(FAULTY, FAULTY.decisive!);
    expect(moveIn(end)).toBe("arrived: alice's response to challenge 1");
    expect(pipesIn(end)).toEqual(['frontEnd taken alice', 'mailbox taken alice']);
    expect(end.mark?.kind).toBe('violated');
  });
});

describe.each([
  ['NTLM', NTLM],
  ['Basic', BASIC],
  ['two users', deploymentOf(TWO_USERS, 'NTLM')],
] as const)('along a walk with %s, the picture', (_, deployment) => {
  const { story } = walked({ deployment, system: systemOf(deployment) }, numbers(150));
  const { users } = sceneOf(story);

  it('has each password of a host among those that it learned before', () => {
    for (const position of positionsOf(story)) {
      const learned = story.steps
        .slice(0, position)
        .flatMap(({ credentials }) => credentials)
        .filter(({ did }) => did === 'learned');
      for (const [party, items] of Object.entries(pictureAt(story, position).holds))
        for (const item of items)
          if (item.kind === 'password' && !(users.includes(party) && item.user === party))
            expect(learned).toContainEqual(
              expect.objectContaining({ party, credential: item satisfies object }),
            );
    }
  });

  it('has a pipe exactly for each connection whose wire is up', () => {
    for (const position of positionsOf(story)) {
      const up = new Map<string, boolean>();
      for (const { reactions } of story.steps.slice(0, position))
        for (const { component, after } of reactions)
          if (component.endsWith('/wire')) up.set(component, after.active.includes('wire.up'));
      const open = [...up].flatMap(([wire, isUp]) => (isUp ? wire.replace('/wire', '') : []));
      const shown = pictureAt(story, position).pipes.map(({ connection }) => connection.name);
      expect(shown.toSorted()).toEqual(open.toSorted());
    }
  });

  it('is the same whatever was looked at before', () => {
    const forwards = positionsOf(story).map((position) => pictureAt(story, position));
    const back = positionsOf(story).toReversed();
    expect(back.map((position) => pictureAt(story, position))).toEqual(forwards.toReversed());
  });
});

describe('a position that the story does not have', () => {
  it.each([-1, 0.5, 16])('%d is a RangeError', (position) => {
    const message = `the story has positions 0 to 15, and not ${position}`;
    expect(() => pictureAt(REFUSED, position)).toThrow(new RangeError(message));
  });
});
