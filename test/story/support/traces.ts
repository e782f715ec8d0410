/** Real traces, a named step at a time, over nothing but XState. */
import type { AnyEventObject } from 'xstate';
import type { System, Trace } from '../../../checker/model/system.ts';
import { plainRun } from '../../../checker/replay/replay.ts';
import { type NtlmPolicy, STANDARD } from '../../../machines/ntlm/policy.ts';
import { systemOf } from '../../../machines/system/deployment.ts';
import type { Mechanism, Topology } from '../../../machines/system/topology.ts';
import { host, visitors } from '../../../properties/deployments/defaults.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';

export type Taken = readonly [component: string, event: AnyEventObject];

/** @throws Error where a step is not enabled: the test's own mistake. */
export function traceOf(system: System, taken: readonly Taken[]): Trace {
  const run = plainRun(system);
  return taken.map(([component, event], i) => {
    const step = run.take(component, event);
    if (step === null) throw new Error(`step ${i + 1} of ${component} is not enabled`);
    return step;
  });
}

type Options = {
  readonly users?: readonly string[];
  readonly connections?: number;
  readonly logonMethod?: 'ClearText' | 'Network';
  readonly second?: Mechanism; // what the mailbox server accepts, where it differs
  readonly visits?: readonly string[];
  readonly policy?: NtlmPolicy;
};

/** The article's: users, a front end, a mailbox server, and one mechanism for all. */
export function article(accepts: Mechanism, options: Options = {}): System {
  const { users = ['alice'], connections = 1, logonMethod = 'ClearText' } = options;
  const { second = accepts, visits = ['frontEnd'], policy = STANDARD } = options;
  const topology: Topology = {
    name: 'article',
    compare: [],
    users: visitors(visits, ...users),
    hosts: [
      host('frontEnd', { logonMethod, policy, accepts, callsOn: 'mailbox' }),
      host('mailbox', { logonMethod, policy, accepts: second }),
    ],
    programs: [],
    adversary: null,
    bounds: {
      ...{ connections, challenges: 2, wrongPasswords: true, closing: true },
      pages: ['default', 'logonForm', 'mailbox'],
    },
  };
  return systemOf(deploymentOf(topology));
}

export const A = 'alice>frontEnd#1';
export const F = 'frontEnd>mailbox#1';

export const visits = (user = 'alice', via = A, path = 'mailbox'): Taken => [
  `${user}@frontEnd`,
  { type: 'user.visits', via, path },
];
export const types = (user = 'alice', passwordOf: string | null = user): Taken => [
  `${user}@frontEnd`,
  { type: 'user.types', secret: { passwordOf } },
];
export const cancels: Taken = ['alice@frontEnd', { type: 'user.cancels' }];
export const moves = (connection: string, times = 1): Taken[] =>
  Array.from({ length: times }, () => [`${connection}/wire`, { type: 'wire.deliver' }]);
export const closes = (connection: string): Taken => [`${connection}/wire`, { type: 'wire.close' }];
export const calls = (from = A, via = F): Taken => [`${from}/page`, { type: 'page.call', via }];

export const ntlmTrace = traceOf(article('NTLM'), [
  ...[visits(), ...moves(A, 2), types(), ...moves(A, 5)],
  ...[calls(), ...moves(F, 6), ...moves(A)],
]);
export const basicTrace = traceOf(article('Basic'), [
  ...[visits(), ...moves(A, 2), types(), ...moves(A)],
  ...[calls(), ...moves(F, 2), ...moves(A)],
]);
