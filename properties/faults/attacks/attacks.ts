/** Every attack, in the order in which they are printed. */

import { ADVERSARY_ATTACKS } from './adversary-attacks.ts';
import type { Attack } from './attack.ts';
import { CONNECTION_ATTACKS } from './connection-attacks.ts';
import { MACHINE_ATTACKS } from './machine-attacks.ts';
import { PROXY_ATTACKS } from './proxy-attacks.ts';

export const ATTACKS: readonly Attack[] = [
  ...ADVERSARY_ATTACKS,
  ...PROXY_ATTACKS,
  ...CONNECTION_ATTACKS,
  ...MACHINE_ATTACKS,
];
