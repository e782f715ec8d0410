/**
 * The adversary of a deployment says nothing that the most general one does not: whatever a wire
 * delivers from it to an honest end, ghosts left aside, is an instance of a letter of the proof.
 *
 * @module-tag long
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { Composition } from '../../../checker/model/composition.ts';
import type { Example } from '../../../checker/unbounded/kinds.ts';
import type { Letter } from '../../../checker/unbounded/letters.ts';
import type { Network } from '../../../checker/unbounded/network.ts';
import type { Shape } from '../../../checker/unbounded/shape.ts';
import { MACHINES, systemOf } from '../../../machines/system/deployment.ts';
import { clientOf, linksOf, serverOf, wireOf } from '../../../machines/system/links.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { DEPLOYMENTS } from '../../../properties/deployments/deployments.ts';
import { exampleOf } from '../../../properties/unbounded/abstraction.ts';
import { prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS } from '../../../properties/unbounded/theorems.ts';
import { fits, holding } from './support/bounded-groups.ts';
import { type Bounds, rowsOf } from './support/bounded-rows.ts';
import { asFixed, isMeant, withAccount } from './support/classes.ts';
import { drawn } from './support/drawn.ts';

const FILES = 100;
const KNOWN = { statesMax: 20_000, walks: 0 };
const RANDOM = { statesMax: 500, walks: 60 };

type Said = {
  readonly to: string; // the component of an honest end
  readonly event: { readonly type: string } & Readonly<Record<string, unknown>>;
};

type Occurrence = { readonly example: Example; readonly one: Said };

/** All that wires bring from the adversary, in states that a deployment reaches. */
function saidIn(some: Deployment, bounds: Bounds): readonly Occurrence[] {
  const system = systemOf(some, MACHINES);
  const composition = new Composition(system);
  for (const _ of rowsOf(composition, bounds)); // for the reactions that it comes to know
  const example = exampleOf(some, system);
  return linksOf(some).flatMap(({ adversary, connections }) =>
    connections.flatMap((connection) => {
      if (adversary !== 'server' && adversary !== 'client') return [];
      const to = adversary === 'server' ? clientOf(connection) : serverOf(connection);
      const said = deliveriesOf(composition, wireOf(connection), to);
      return said.map((event) => ({ example, one: { to, event } }));
    }),
  );
}

/** What a component is known to send to another. */
function deliveriesOf(composition: Composition, from: string, to: string): Said['event'][] {
  const [sender, receiver] = [composition.indexOf(from), composition.indexOf(to)];
  const sent = new Set<number>();
  for (let state = 0; composition.snapshot(sender, state) !== undefined; state += 1)
    for (let event = 0; composition.eventOf(sender, event) !== undefined; event += 1) {
      const effects = composition.knownCell(sender, state, event)?.effects ?? [];
      for (let i = 0; i < effects.length; i += 2)
        if (effects[i] === receiver) sent.add(effects[i + 1]!);
    }
  return [...sent].map((event) => composition.eventOf(receiver, event));
}

const withoutGhost = ({ ghost: _, ...rest }: Readonly<Record<string, unknown>>) => rest;

const isByAdversary = ({ edge }: Letter) =>
  edge?.part === 'mostGeneralSender' || edge?.part === 'mostGeneralRelay';

/** Whether a letter of the most general adversary to such an end says it. */
function isCovered(network: Network, letters: readonly Letter[], example: Example, one: Said) {
  const component = example.system.find(({ name }) => name === one.to)!;
  const { label, part } = example.place(component);
  const input = component.input as Readonly<Record<string, unknown>>;
  return letters.some((letter) => {
    if (letter.to.label !== label || letter.part.name !== part) return false;
    const shape = withoutGhost(letter.event.shape as Readonly<Record<string, Shape>>) as Shape;
    const registers = new Map<string, string>();
    if (!fits(shape, withoutGhost(one.event), '', registers, null)) return false;
    for (const role of letter.to.roles.keys())
      if (role.startsWith(`${part}.`))
        registers.set(`@${role}`, String(input[role.slice(part.length + 1)]));
    const held = holding(network, example, registers);
    return [...letter.same].every(([register, first]) => {
      const [a, b] = [held(register), held(first)];
      return a === undefined || b === undefined || a === b;
    });
  });
}

describe.each(['adversary-channel-binding', 'adversary-target-name'])('of %s', (id) => {
  const theorem = THEOREMS.find(({ network }) => network.id === id)!;
  let network: Network;
  let letters: readonly Letter[];
  let said: readonly Occurrence[];
  beforeAll(() => {
    network = prove(theorem).network;
    letters = [...network.letters.values()].filter(isByAdversary);
    const known = DEPLOYMENTS.map((some) => asFixed(withAccount(some), theorem.fixed))
      .flatMap((some) => [some, asFixed(some, { policy: { failureReply: 'forbidden' } })])
      .filter((some) => isMeant(theorem, some));
    said = [
      ...known.flatMap((some) => saidIn(some, KNOWN)),
      ...drawn(theorem, FILES).flatMap((some) => saidIn(some, RANDOM)),
    ];
  });

  const strayOf = (some: readonly Letter[]) =>
    said.filter(({ example, one }) => !isCovered(network, some, example, one));

  it('speaks of messages of every type', () => {
    const types = new Set(said.map(({ one }) => one.event.type));
    expect([...types].sort()).toEqual([
      ...['AUTHENTICATE_MESSAGE', 'CHALLENGE_MESSAGE', 'NEGOTIATE_MESSAGE', 'connection.closed'],
      ...['connection.opened', 'http.forbidden', 'http.ok', 'http.redirect', 'http.request'],
      'http.unauthorized',
    ]);
  });

  it('the adversary of a deployment says nothing more', () => {
    expect(strayOf(letters).map(({ one }) => JSON.stringify(one))).toEqual([]);
  });

  it.each<[string, (letter: Letter) => boolean]>([
    ['says no redirect', ({ event }) => event.text.includes('"type":"http.redirect"')],
    ['passes no proof on', ({ edge }) => edge?.part === 'mostGeneralRelay'],
    ['alters no proof', ({ event }) => event.text.includes('"altered":true')],
    ['asks for no MIC', ({ event }) => event.text.includes('"timestamp":true')],
  ])('it would, if the most general one %s', (_, isLost) => {
    expect(strayOf(letters.filter((letter) => !isLost(letter))).length).toBeGreaterThan(0);
  });
});
