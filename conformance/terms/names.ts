/**
 * The hosts and users that names in messages stand for. A server is known by its NetBIOS name, by
 * the host in a service principal name, and by the bytes of its certificate and machine. User names
 * have no domain and are in lower case: the model has neither domains nor case.
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

/** The name of an unnamed machine. No host has it. */
export const UNKNOWN_MACHINE = '?';

/** The known name of these bytes, or their hexadecimal digits. */
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

/** alice, of the `LAB\Alice` of messages. */
export const userNamed = (name: string): UserName =>
  name.slice(name.lastIndexOf('\\') + 1).toLowerCase();

/** alice, of the `LAB\Alice` or `alice@lab.test` by which servers name a user. */
export const bareName = (name: string): UserName => userNamed(name).replace(/(?<=.)@.*$/, '');
