/**
 * The rules of the machines over opaque names, held against the machines over plain strings: random
 * strings out of few, so that many are equal, and random choices. A comparison that an opaque name
 * does not see would make a difference here.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transition } from 'xstate';
import { effectsOf } from '../../../checker/model/effects.ts';
import { stateKey } from '../../../checker/model/state-key.ts';
import type { Network } from '../../../checker/unbounded/network.ts';
import { predecessorOf, type Term } from '../../../checker/unbounded/path.ts';
import type { Rules, Tree } from '../../../checker/unbounded/rules.ts';
import type { Shape, Shaped } from '../../../checker/unbounded/shape.ts';
import { type Fetch, purposeOf } from '../../../machines/http/client-side.ts';
import type { NtlmClientInput } from '../../../machines/ntlm/ntlm-client.ts';
import { MACHINES, type Machines } from '../../../machines/system/deployment.ts';
import { following } from '../../../machines/vocabulary/names.ts';
import type { Purpose } from '../../../machines/vocabulary/purpose.ts';
import { prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS } from '../../../properties/unbounded/theorems.ts';

const SERIALS_MAX = 2;
const TRIES = 3; // for each rule tree
const SEED = 20_240_613;

type Guard = (
  now: { readonly context: NtlmClientInput & { readonly authenticatedFor: Purpose | null } },
  fetch: Fetch,
) => boolean;

type Assignment = (term: Term, sort: string) => string | number | boolean;

/** Names by term: drawn once, out of few of their sort. */
function drawing(draw: (below: number) => number, network: Network): Assignment {
  const drawn = new Map<Term, string | number | boolean>();
  return (term, sort) => {
    if (term.startsWith('"'))
      return sort === 'Serial' ? Number(term.slice(1, -1)) : term.slice(1, -1);
    const before = predecessorOf(term);
    if (before !== null) return next(before, sort);
    const known = drawn.get(term);
    if (known !== undefined) return known;
    const values = network.kinds.names.values.get(term) ?? network.kinds.names.texts[sort];
    const found =
      sort === 'Serial'
        ? draw(SERIALS_MAX)
        : (values?.[draw(values.length)] ?? `${sort} ${draw(2)}`);
    drawn.set(term, found);
    return found;
  };
  function next(term: Term, sort: string): number {
    const serial = drawn.get(term) ?? draw(SERIALS_MAX);
    drawn.set(term, serial);
    return sort === 'Serial' ? following(Number(serial), SERIALS_MAX) : 0;
  }
}

type Marked = { readonly [field: string]: Shape };

function concrete(shape: Shape, at: string, network: Network, name: NameAt): unknown {
  if (typeof shape !== 'object' || shape === null) return shape;
  const within = (field: string | number) => (at === '' ? `${field}` : `${at}.${field}`);
  if (Array.isArray(shape)) return shape.map((s, i) => concrete(s, within(i), network, name));
  const marked = shape as Marked;
  if ('@' in marked) return name(`@${marked['@']}`, String(marked.$), null);
  if ('?' in marked) {
    const { name: choices, fields } = network.kinds.choicesNamed(String(marked['?']));
    const values = Object.keys(fields).map((field) => [
      field,
      field === 'max' ? SERIALS_MAX : name(`@${choices}.${field}`, 'choice', null),
    ]);
    return Object.fromEntries(values);
  }
  if ('$' in marked) return name('', String(marked.$), at);
  return Object.fromEntries(
    Object.entries(marked).map(([f, s]) => [f, concrete(s, within(f), network, name)]),
  );
}
type NameAt = (term: Term, sort: string, at: string | null) => unknown;

const inMachine =
  (mark: '#' | '!', assigned: Assignment): NameAt =>
  (term, sort, at) =>
    assigned(at === null ? term : `${mark}${at}`, sort);

/** What a rule says comes out, with plain names. */
const instance = ({ shape, holes }: Shaped, network: Network, assigned: Assignment) =>
  concrete(shape, '', network, (term, sort, at) =>
    assigned(at === null ? term : holes.get(at)!.term, sort),
  );

function leafOf(tree: Tree, holds: (one: Term, other: Term) => boolean) {
  let at = tree;
  while ('ask' in at) at = holds(...at.ask) ? at.yes : at.no;
  return at;
}

const plain = (assigned: Assignment, sorts: ReadonlyMap<Term, string>) => {
  const value = (term: Term, other: Term) =>
    String(assigned(term, sorts.get(term) ?? sorts.get(other) ?? 'choice'));
  return (one: Term, other: Term) => value(one, other) === value(other, one);
};

function sortsIn(shape: Shape, mark: string, at = ''): [Term, string][] {
  if (typeof shape !== 'object' || shape === null) return [];
  const marked = shape as Marked;
  if ('@' in marked) return [[`@${marked['@']}`, String(marked.$)]];
  if ('$' in marked) return [[`${mark}${at}`, String(marked.$)]];
  return Object.entries(marked).flatMap(([f, s]) => sortsIn(s, mark, at === '' ? f : `${at}.${f}`));
}

/** How often a machine's answer was compared with its rule's. */
function compare(network: Network, rules: Rules): number {
  const { machine } = rules;
  const draws = fc.sample(fc.nat(), { seed: SEED, numRuns: 20_000 });
  let drawn = 0;
  const draw = (below: number) => draws[drawn++ % draws.length]! % below;
  let compared = 0;
  for (const { control, event, tree } of rules.trees())
    for (let i = 0; i < TRIES; i += 1) {
      const assigned = drawing(draw, network);
      const context = concrete(control.shape, '', network, inMachine('#', assigned));
      const heard = concrete(event, '', network, inMachine('!', assigned));
      const sorts = new Map([...sortsIn(control.shape, '#'), ...sortsIn(event, '!')]);
      const leaf = leafOf(tree, plain(assigned, sorts));
      const snapshot = machine.resolveState({ value: control.value, context: context as never });
      const where = `${machine.id} in ${JSON.stringify(snapshot.value)}: ${stateKey([context, heard])}`;
      compared += 1;
      if ('refused' in leaf) {
        expect(snapshot.can(heard as never), where).toBe(false);
        continue;
      }
      const [next, actions] = transition(machine, snapshot, heard as never);
      const { leaf: expected } = leaf as Extract<Tree, { leaf: unknown }>;
      const { shape, value } = rules.controls[expected.next]!;
      const context2 = instance({ shape, text: '', holes: expected.registers }, network, assigned);
      const effects = expected.effects.map(({ to, event: sent }) => {
        const said = instance(sent, network, assigned);
        if (to === null) return { signal: said };
        return { to: typeof to === 'string' ? to : assigned(to.term, to.sort), event: said };
      });
      const known = JSON.parse(JSON.stringify([next.value, next.context, effectsOf(actions)]));
      expect(stateKey(known), where).toBe(stateKey([value, context2, effects]));
    }
  return compared;
}

const rulesOf = (claim: string, id: string, machines: Machines) => {
  const theorem = THEOREMS.find((some) => some.claim.id === claim && some.network.id === id)!;
  const { network } = prove(theorem, machines);
  const parts = network.kinds.kinds.flatMap((kind) => kind.parts);
  return { network, all: new Set(parts.map(({ rules }) => rules)) };
};

describe('served-as-owner of mixed networks', () => {
  it('rests on rules by which the machines behave on plain names', () => {
    const { network, all } = rulesOf('served-as-owner', 'mixed', MACHINES);
    for (const rules of all) expect(compare(network, rules)).toBeGreaterThan(10);
  });

  it('is not believed of a machine that compares names by an operator', () => {
    const isFreeFor: Guard = ({ context }, fetch) =>
      context.authenticatedFor?.credentials === purposeOf(context, fetch).credentials;
    const ntlmClientConnection = MACHINES.ntlmClientConnection.provide({
      guards: { isFreeFor: isFreeFor as never },
    });
    const { network, all } = rulesOf('served-as-owner', 'mixed', {
      ...MACHINES,
      ntlmClientConnection,
    });
    expect(() => [...all].map((rules) => compare(network, rules))).toThrow('ntlmClientConnection');
  });
});

describe('a proof', () => {
  const expectCompared = (claim: string, id: string, machines: readonly string[]) => {
    const { network, all } = rulesOf(claim, id, MACHINES);
    for (const rules of all) expect(compare(network, rules)).toBeGreaterThan(0);
    expect([...all].map(({ machine }) => machine.id)).toEqual(
      expect.arrayContaining([...machines]),
    );
  };

  it('that a challenge is accepted once rests on such rules as well', () => {
    expectCompared('challenge-accepted-once', 'server', ['ntlmServerConnection', 'acceptedOnce']);
  });

  it('of an adversary does so too', { tags: ['long'] }, () => {
    const its = ['mostGeneralSender', 'mostGeneralRelay', 'agreement'];
    expectCompared('confinement', 'adversary-channel-binding', its);
  });
});
