/** Every mechanism that the model has, by its name. */
import { basic } from '../basic/basic.ts';
import { ntlm } from '../ntlm/ntlm.ts';
import type { MechanismModel } from './mechanism.ts';
import type { AcceptingHost, Mechanism } from './topology.ts';

export const MECHANISMS: Readonly<Record<Mechanism, MechanismModel>> = {
  NTLM: ntlm,
  Basic: basic,
};

/** The names of all mechanisms, at least one. */
export const MECHANISM_NAMES = Object.keys(MECHANISMS) as [Mechanism, ...Mechanism[]];

export const mechanismOf = ({ accepts }: Pick<AcceptingHost, 'accepts'>): MechanismModel =>
  MECHANISMS[accepts];

/** Whether clients of the host answer a challenge, and never send the password. */
export const isChallenging = (host: Pick<AcceptingHost, 'accepts'>): boolean =>
  mechanismOf(host).proves === 'response';

/** Whether clients of the host send the password itself. */
export const receivesPasswords = (host: Pick<AcceptingHost, 'accepts'>): boolean =>
  mechanismOf(host).proves === 'password';
