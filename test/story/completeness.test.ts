/** That there is a sentence for everything: by the types' own source, and along random traces. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walker } from '../../checker/explore/walker.ts';
import type { System, Trace } from '../../checker/model/system.ts';
import { POLICIES } from '../../machines/ntlm/policy.ts';
import { mostGeneralClient } from '../../machines/parties/most-general-client.ts';
import { MACHINES, systemOf } from '../../machines/system/deployment.ts';
import { againstMostGeneralClient } from '../../machines/system/most-general-system.ts';
import { type Deployment, deploymentsOf, type Topology } from '../../machines/system/topology.ts';
import { WITH_ADVERSARY } from '../../properties/deployments/with-adversary.ts';
import { POOLS } from '../../properties/deployments/with-pools.ts';
import { WITH_PROXIES } from '../../properties/deployments/with-proxies.ts';
import { REDIRECTING } from '../../properties/deployments/with-redirects.ts';
import { costOf } from '../../story/credential-events.ts';
import { toMermaid } from '../../story/diagram/mermaid.ts';
import { NARRATED, sentencesOf } from '../../story/sentences.ts';
import { expectMermaid } from './support/mermaid-grammar.ts';
import { article } from './support/traces.ts';

const SOURCES = [
  'vocabulary/messages',
  'vocabulary/signals',
  'parties/browsing',
  'parties/program',
  'parties/worker',
  'parties/most-general-client',
  'adversary/adversary',
  'adversary/adversary-effects',
];

/** The string literals of every `readonly type: 'a' | 'b'` in a file. */
function declaredTypes(file: string): string[] {
  const source = readFileSync(new URL(`../../machines/${file}.ts`, import.meta.url), 'utf8');
  const unions = source.matchAll(/readonly type:((?:\s*\|?\s*'[^']+')+)/g);
  return [...unions].flatMap(([, union]) =>
    [...(union ?? '').matchAll(/'([^']+)'/g)].map(([, type]) => type ?? ''),
  );
}

const SYSTEMS: readonly System[] = [
  article('NTLM'),
  article('Basic'),
  article('NTLM', { connections: 2 }),
  article('Basic', { connections: 2, logonMethod: 'Network' }),
  article('NTLM', { users: ['alice', 'bob'] }),
  article('Basic', { second: 'NTLM', policy: POLICIES.squid }),
  article('NTLM', { visits: ['mailbox', 'frontEnd'], policy: POLICIES.ntlmAuth }),
  ...Object.values(POLICIES).map((policy) => againstMostGeneralClient(policy, 2)),
  againstMostGeneralClient(POLICIES.standard, 2, 'static'),
];

/** Systems with an adversary, a proxy or a pool. */
const OTHERS: readonly Topology[] = [...WITH_ADVERSARY, ...WITH_PROXIES, ...POOLS, ...REDIRECTING];

function randomTrace(system: System, choices: readonly number[]): Trace {
  const walk = walker(system);
  for (const choice of choices) {
    const enabled = walk.enabled();
    if (enabled.length > 0) walk.take(enabled[choice % enabled.length]!);
  }
  return walk.trace();
}

const CHOICES = fc.array(fc.nat(), { minLength: 1, maxLength: 90, size: 'max' });

function toldInWords(trace: Trace, deployment: Deployment | null): void {
  const story = sentencesOf(trace, deployment);
  expect(story).toHaveLength(trace.length);
  for (const sentence of [...story, costOf(trace, deployment)]) {
    const words = sentence.replaceAll(/\b[A-Z]+_MESSAGE\b/g, 'message'); // the standard's names
    expect(words).toMatch(/^[A-Za-z][^/@>#_]*\.$/);
    expect(sentence).not.toMatch(/undefined|null|\[object| {2}| [,.;]|\b(he|she|his|her)\b/);
  }
  expectMermaid(toMermaid(trace, undefined, null, deployment));
}

describe('nothing goes untold', () => {
  it.each(SOURCES)('every event and signal of %s.ts has a teller', (file) => {
    const types = declaredTypes(file);
    expect(types.length).toBeGreaterThan(0);
    expect(types.filter((type) => !NARRATED.has(type))).toEqual([]);
  });

  it('every event that a machine takes has a teller', () => {
    const events = [...Object.values(MACHINES), mostGeneralClient].flatMap(({ events }) => events);
    expect(events).toContain('AUTHENTICATE_MESSAGE');
    expect(events.filter((type) => !type.endsWith('*') && !NARRATED.has(type))).toEqual([]);
  });

  it('an unknown type throws, and is named', () => {
    const trace = [{ component: 'alice@frontEnd', event: { type: 'user.sings' }, deliveries: [] }];
    expect(() => sentencesOf(trace)).toThrow(/user\.sings/);
    const client = { component: 'client', deliveries: [] };
    const says = { type: 'client.says', to: 'alice>frontEnd#1', event: { type: 'KRB_AP_REQ' } };
    expect(() => sentencesOf([{ ...client, event: says }])).toThrow(/KRB_AP_REQ/);
  });

  it('a step without an effect has a sentence', () => {
    const step = { component: 'alice>frontEnd#1/wire', event: { type: 'wire.deliver' } };
    expect(sentencesOf([{ ...step, deliveries: [] }])).toEqual([
      'A message arrives, and no component reacts.',
    ]);
  });

  describe.each([
    ['10', 10, {}],
    ['60', 60, { tags: 'long' }],
  ] as const)(
    '%s random traces are told in words alone, a sentence a step,',
    (_, numRuns, tier) => {
      it.each(SYSTEMS.map((system, i) => [i, system] as const))(
        'of system %i',
        tier,
        (_, system) => {
          fc.assert(
            fc.property(CHOICES, (chosen) => toldInWords(randomTrace(system, chosen), null)),
            { seed: 183545, numRuns },
          );
        },
      );
    },
  );

  it.each(
    OTHERS.flatMap(deploymentsOf).map((deployment) => [deployment.name, deployment] as const),
  )(
    '%s: random traces are told, with the deployment at hand or without',
    { tags: 'long' },
    (_, deployment) => {
      const system = systemOf(deployment);
      fc.assert(
        fc.property(CHOICES, fc.boolean(), (chosen, isKnown) =>
          toldInWords(randomTrace(system, chosen), isKnown ? deployment : null),
        ),
        { seed: 183545, numRuns: 20 },
      );
    },
  );
});
