/**
 * Basic as a mechanism: each request carries the password, and a clear-text logon keeps it.
 *
 * @source RFC 7617 2, 4; IIS basicAuthentication logonMethod
 */
import { component } from '../system/component.ts';
import type { MechanismModel } from '../system/mechanism.ts';
import { keepsPassword } from './basic-server.ts';

export const basic: MechanismModel = {
  client: ({ name, input, ports }, { basicClientConnection }) =>
    component(name, basicClientConnection, input, ports),
  server: ({ name, connection, host, ports }, { basicServerConnection }) =>
    component(
      name,
      basicServerConnection,
      { server: host.name, connection, logonMethod: host.logonMethod },
      ports,
    ),
  proves: 'password',
  leaves: (host) => (keepsPassword(host) ? 'password' : 'token'),
  lasts: () => false,
  proof: (credential) => ({ type: 'http.request.basic', path: 'mailbox', credential }),
};
