/**
 * NTLM as a mechanism: a response to a challenge signs the connection in, and leaves a token.
 *
 * @source MS-NTHT 2.2.1, 2.2.2; MS-NLMP 3.1.5.1.2, 3.2.5.1.2
 */
import { component } from '../system/component.ts';
import type { MechanismModel } from '../system/mechanism.ts';
import { answer } from './initiator.ts';

export const ntlm: MechanismModel = {
  client: ({ name, input, vantage, siblings, ports }, { ntlmClientConnection }) => {
    const handshake = siblings.length === 0 ? 'connection' : 'host';
    const vias = siblings.length === 0 ? [] : [input.connection, ...siblings];
    return component(
      name,
      ntlmClientConnection,
      { ...input, ...vantage, handshake },
      ports,
      vias.map((via) => ({ type: 'client.answers' as const, via })),
    );
  },
  server: ({ name, connection, host, bounds, ports }, { ntlmServerConnection }) =>
    component(
      name,
      ntlmServerConnection,
      {
        server: host.name,
        names: host.names,
        connection,
        policy: host.policy,
        defences: host.defences,
        certificate: host.certificate,
        challenges: { max: bounds.challenges, restart: true },
      },
      ports,
    ),
  proves: 'response',
  leaves: () => 'token',
  lasts: ({ policy }) => policy.persistence === 'connection',
  proof: (credential, last, vantage) =>
    last?.type === 'CHALLENGE_MESSAGE'
      ? {
          type: 'AUTHENTICATE_MESSAGE',
          path: 'mailbox',
          response: answer(credential, last.challenge, last.info, vantage),
        }
      : null,
};
