/** Sequences of acts against the model as a server: as it is, and with a fault in it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayFail } from '../../../conformance/drive/acts.ts';
import type { ServerModel } from '../../../conformance/drive/predicted.ts';
import { drawnBy, isSafe, search } from '../../../conformance/drive/sequences.ts';
import { DEFENCES, type Defences } from '../../../machines/ntlm/acceptor.ts';
import { type NtlmPolicy, POLICIES, type PolicyName } from '../../../machines/ntlm/policy.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import { FAULTS } from '../../../properties/faults/faults.ts';
import { served } from './serving.ts';

const SEED = 20_240_229;
const RUNS = 400; // sequences within which a fault has to be found
const NAMED = Object.entries<NtlmPolicy>(POLICIES);
const NAMES = Object.keys(POLICIES) as PolicyName[];

const modelOf = (policy: NtlmPolicy, defences?: Defences): ServerModel => ({
  scheme: 'NTLM',
  policy,
  ...(defences === undefined ? {} : { defences }),
});

describe.each(NAMED)('a server by the policy %s', (name, policy) => {
  it('is never caught by its own model', async () => {
    const { found, sequences } = await served({ policy }, (target, back) =>
      search(target, [modelOf(policy)], { seed: SEED, runs: 80, back }),
    );
    expect(found?.story ?? []).toEqual([]);
    expect(sequences).toBe(80);
  });

  it('is known by it among the others', { tags: 'long' }, async () => {
    const models = NAMED.map(([, other]) => modelOf(other));
    const { found, models: left } = await served({ policy }, (target) =>
      search(target, models, { seed: SEED, runs: 80 }),
    );
    expect([found, left]).toEqual([null, [modelOf(policy)]]);
  });

  const others = NAMED.filter(([other]) => other !== name);
  it.each(others)('is not taken for %s', { tags: 'long' }, async (_, other) => {
    const { found } = await served({ policy }, (target) =>
      search(target, [modelOf(other)], { seed: SEED, runs: RUNS }),
    );
    expect(found?.story.length).toBeGreaterThan(0);
    expect(found?.story.length).toBeLessThanOrEqual(4);
    expect(found?.story.at(-1)).toMatch(/: expected .*, got /);
  });
});

type Shown = { readonly under: readonly PolicyName[]; readonly defences?: Defences };
const EVERYWHERE: Shown = { under: NAMES };

/** Under which policies a fault shows from outside. Elsewhere no message can tell it. */
const SHOWN: Readonly<Record<string, Shown>> = {
  'token-keeps-password': { under: [] }, // what a server keeps is not sent
  'challenge-not-compared': EVERYWHERE,
  // Where nothing renews a challenge, a connection has but one.
  'serial-not-compared': { under: NAMES.filter((name) => name !== 'modAuthGssapi') },
  'static-challenge': { under: NAMES.filter((name) => name !== 'modAuthGssapi') },
  // The page's 401 ends the sign-in of nobody. So does a failure, where it spends the challenge.
  'anonymous-accepted': { under: ['modAuthGssapi', 'ntlmAuth', 'squid'] },
  'no-response-accepted': EVERYWHERE,
  // Where an NTLM header has no effect once signed in, only closing ends a sign-in.
  'identity-outlives-connection': { under: ['standard', 'modAuthGssapi', 'ntlmAuth'] },
  'binding-not-compared': {
    under: NAMES,
    defences: { ...DEFENCES, channelBinding: 'required' }, // without TLS, nothing else differs
  },
  'mic-not-verified': EVERYWHERE,
};

describe('a server with a fault', () => {
  const faulty = FAULTS.filter(
    ({ inject }) => inject(MACHINES).ntlmServerConnection !== MACHINES.ntlmServerConnection,
  );

  it('is each that the catalogue has', () => {
    expect(faulty.map(({ id }) => id).sort()).toEqual(Object.keys(SHOWN).sort());
  });

  const cases = faulty.flatMap(({ id, inject }) =>
    SHOWN[id]!.under.map((name) => ({ id, name, inject, defences: SHOWN[id]!.defences })),
  );
  const title = '$id is found out by the policy $name';
  it.each(cases)(title, { tags: 'long' }, async ({ name, inject, defences }) => {
    const policy = POLICIES[name];
    const machine = inject(MACHINES).ntlmServerConnection;
    const { found } = await served(
      { policy, machine, ...(defences === undefined ? {} : { defences }) },
      (target) => search(target, [modelOf(policy, defences)], { seed: SEED, runs: RUNS }),
    );
    expect(found?.story.length).toBeGreaterThan(0);
    expect(found?.story.length).toBeLessThanOrEqual(5);
  });

  it('is told in sentences, of the shortest sequence that shows it', async () => {
    const { inject } = faulty.find(({ id }) => id === 'serial-not-compared')!;
    const policy = POLICIES.squid;
    const machine = inject(MACHINES).ntlmServerConnection;
    let times = 0;
    const onFound = () => {
      times += 1;
    };
    const { found } = await served({ policy, machine }, (target) =>
      search(target, [modelOf(policy)], { seed: SEED, runs: RUNS, onFound }),
    );
    expect(times).toBe(1);
    expect(found?.story).toEqual([
      'on connection 1: NEGOTIATE: 401 with a challenge',
      'on connection 1: Basic as alice: 401',
      'on connection 1: NEGOTIATE: 401 with a challenge',
      'on connection 1: AUTHENTICATE as alice, over the challenge before the last: ' +
        'expected 401, got 200 as alice',
    ]);
  });
});

describe('sequences', () => {
  it('have no act that may count as a failed sign-in, where they are to be safe', () => {
    fc.assert(
      fc.property(drawnBy({ isAllowed: isSafe }), (acts) => {
        expect(acts.filter((act, at) => mayFail(act, acts.slice(0, at)))).toEqual([]);
      }),
      { seed: SEED },
    );
  });

  it('number their connections as they come', () => {
    fc.assert(
      fc.property(drawnBy({ slots: 3 }), (acts) => {
        const slots = acts.flatMap((act) =>
          act.does === 'authenticate' ? [act.on, act.over.of] : [act.on],
        );
        expect(slots[0] ?? 1).toBe(1);
        expect(Math.max(1, ...slots)).toBeLessThanOrEqual(3);
      }),
      { seed: SEED },
    );
  });
});
