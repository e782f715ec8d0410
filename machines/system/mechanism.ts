/**
 * A mechanism of authentication as one object. `ntlm/ntlm.ts` and `basic/basic.ts` each export one,
 * and `MECHANISMS` has one for each name, so that the compiler names what a new mechanism lacks.
 *
 * @source RFC 9110 11.1 (authentication schemes)
 */
import type { basicClientConnection } from '../basic/basic-client.ts';
import type { basicServerConnection } from '../basic/basic-server.ts';
import type { ClientInput } from '../http/client-side.ts';
import type { Vantage } from '../ntlm/initiator.ts';
import type { ntlmClientConnection } from '../ntlm/ntlm-client.ts';
import type { ntlmServerConnection } from '../ntlm/ntlm-server.ts';
import type { Reply, Request } from '../vocabulary/messages.ts';
import type { PoolKeyComponent } from '../vocabulary/purpose.ts';
import type { ConnectionName, Credential } from '../vocabulary/terms.ts';
import type { Component } from './component.ts';
import type { AcceptingHost, Bounds } from './topology.ts';

/** The machines of all mechanisms, so that a fault can replace one of them. */
export type MechanismMachines = {
  readonly ntlmClientConnection: typeof ntlmClientConnection;
  readonly ntlmServerConnection: typeof ntlmServerConnection;
  readonly basicClientConnection: typeof basicClientConnection;
  readonly basicServerConnection: typeof basicServerConnection;
};

/** The client end of one connection in a deployment. */
export type ClientEnd = {
  readonly name: string; // of the component
  readonly input: ClientInput;
  readonly vantage: Vantage & { readonly poolKey: readonly PoolKeyComponent[] };
  /** On which it may answer a challenge of this one. */
  readonly siblings: readonly ConnectionName[];
  readonly ports: Component['ports'];
};

/** The server end of one connection in a deployment. */
export type ServerEnd = {
  readonly name: string; // of the component
  readonly connection: string;
  readonly host: AcceptingHost;
  readonly bounds: Bounds;
  readonly ports: Component['ports'];
};

export type MechanismModel = {
  readonly client: (end: ClientEnd, machines: MechanismMachines) => Component;
  readonly server: (end: ServerEnd, machines: MechanismMachines) => Component;
  /** What a client sends: the password itself, or a response that fits one challenge only. */
  readonly proves: 'password' | 'response';
  /** What a sign-in leaves at the host: the password, or a token that proves nothing elsewhere. */
  readonly leaves: (host: AcceptingHost) => 'password' | 'token';
  /** Whether a sign-in at the host lasts for later requests on the same connection. */
  readonly lasts: (host: AcceptingHost) => boolean;
  /**
   * A proof by a party that has the secret, in answer to the last message on the connection. Null:
   * that message is no challenge, and the mechanism needs one.
   */
  readonly proof: (
    credential: Credential,
    last: Request | Reply | null,
    vantage: Vantage,
  ) => Request | null;
};
