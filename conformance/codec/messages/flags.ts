/**
 * NegotiateFlags: 32 bits, in all three messages.
 *
 * @source MS-NLMP 2.2.2.5
 */
export const FLAGS = {
  UNICODE: 0x0000_0001,
  OEM: 0x0000_0002,
  REQUEST_TARGET: 0x0000_0004,
  SIGN: 0x0000_0010,
  SEAL: 0x0000_0020,
  DATAGRAM: 0x0000_0040,
  LM_KEY: 0x0000_0080,
  NTLM: 0x0000_0200,
  ANONYMOUS: 0x0000_0800,
  OEM_DOMAIN_SUPPLIED: 0x0000_1000,
  OEM_WORKSTATION_SUPPLIED: 0x0000_2000,
  ALWAYS_SIGN: 0x0000_8000,
  TARGET_TYPE_DOMAIN: 0x0001_0000,
  TARGET_TYPE_SERVER: 0x0002_0000,
  ESS: 0x0008_0000, // extended session security
  IDENTIFY: 0x0010_0000,
  NON_NT_SESSION_KEY: 0x0040_0000,
  TARGET_INFO: 0x0080_0000,
  VERSION: 0x0200_0000,
  N128: 0x2000_0000,
  KEY_EXCH: 0x4000_0000,
  N56: 0x8000_0000,
} as const;

export type Flag = keyof typeof FLAGS;

/** True when `flag` is set. */
export const has = (flags: number, flag: Flag): boolean => (flags & FLAGS[flag]) !== 0;

/** The flags set, as an unsigned number of 32 bits. */
export const flagsOf = (...names: readonly Flag[]): number =>
  names.reduce((flags, name) => (flags | FLAGS[name]) >>> 0, 0);
