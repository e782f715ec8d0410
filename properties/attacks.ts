/** Every expected counterexample, in the order in which they are told. */
import type { Attack } from './attack.ts';
import { ADVERSARY_ATTACKS } from './attacks/adversary.ts';
import { CONNECTION_ATTACKS } from './attacks/connections.ts';
import { MACHINE_ATTACKS } from './attacks/machines.ts';
import { PROXY_ATTACKS } from './attacks/proxies.ts';

export const ATTACKS: readonly Attack[] = [
  ...ADVERSARY_ATTACKS,
  ...PROXY_ATTACKS,
  ...CONNECTION_ATTACKS,
  ...MACHINE_ATTACKS,
];
