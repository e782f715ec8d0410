/**
 * What names in messages stand for. A server is known by the name of its NetBIOS computer, by that
 * in a service principal name, and by certificate and machine as bytes.
 *
 * @source MS-NLMP 2.2.2.1 (MsvAvNbComputerName, MsvAvTargetName), 2.2.2.2 (MachineID)
 */

import type { CertificateName, HostName, UserName } from '../../machines/vocabulary/terms.ts';
import { hex } from '../codec/bytes.ts';

export type Names = {
  /** NetBIOS computer name, in upper case. */
  readonly computers: ReadonlyMap<string, HostName>;
  /** The 16 bytes of a channel binding, in hexadecimal. */
  readonly certificates: ReadonlyMap<string, CertificateName>;
  /** MachineID, 32 bytes, in hexadecimal. */
  readonly machines: ReadonlyMap<string, UserName | HostName>;
};

export const NO_NAMES: Names = {
  computers: new Map(),
  certificates: new Map(),
  machines: new Map(),
};

/** Of a machine that does not say which it is. No host has this name. */
export const UNKNOWN_MACHINE = '?';

/** By what name a thing goes that is known by its bytes alone: its own, or the digits. */
export const nameOf = (known: ReadonlyMap<string, string>, bytes: Uint8Array): string =>
  known.get(hex(bytes)) ?? hex(bytes);

/** The host of "HTTP/host:port/instance" or of "host". */
export function hostOfPrincipal(principal: string): string {
  const slash = principal.indexOf('/');
  const rest = slash < 0 ? principal : principal.slice(slash + 1);
  return withoutPort(rest.split('/')[0]!);
}

/** The host of an origin "http://host:port", or of "host:port". */
export const hostOfOrigin = (origin: HostName): string =>
  withoutPort(origin.replace(/^[a-z][a-z0-9+.-]*:\/\//i, ''));

/** An address of version 6 has colons of its own, in brackets. */
const withoutPort = (authority: string) => authority.replace(/:\d*$/, '');

/** The host that a target name means: the first of `servers` with that name, else the name. */
export function hostMeant(principal: string, servers: readonly HostName[]): HostName {
  const host = hostOfPrincipal(principal);
  const isSame = (server: HostName) => hostOfOrigin(server).toLowerCase() === host.toLowerCase();
  return servers.find(isSame) ?? host;
}

/** Of `LAB\Alice`, as messages have it: alice. */
export const userNamed = (name: string): UserName =>
  name.slice(name.lastIndexOf('\\') + 1).toLowerCase();

/** Of `LAB\Alice` and of `alice@lab.test`, as servers say whom they served: alice. */
export const bareName = (name: string): UserName => userNamed(name).replace(/(?<=.)@.*$/, '');
