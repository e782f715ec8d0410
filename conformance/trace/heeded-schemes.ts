/**
 * The schemes in which a server takes NTLM. A server that never offers NTLM may ignore it, and one
 * that offers Negotiate may take Kerberos alone there. NTLM that a server does not take is read as
 * no credentials.
 *
 * @source RFC 9110 11.6.2 (a client may send credentials unasked); RFC 4559 4.1 (Negotiate);
 *   MS-NTHT 2.2.1 (the token of a challenge)
 */
import { parseChallenges } from '../http/challenges.ts';
import { HeaderError } from '../http/field-value.ts';
import type { Connection, Observation, Recording } from '../recording/recording.ts';
import { challengeSent, credentialsSent } from './sent-messages.ts';

type Facts = {
  readonly offered: Set<string>; // schemes, in lower case
  readonly challenged: Set<string>; // those with a CHALLENGE_MESSAGE
  readonly refused: Set<string>; // those in which NTLM got a 401 without one
  readonly named: Set<string>; // those in which NTLM got a reply that names a user
};

export type SchemeFacts = {
  /** The schemes that the server has offered, in lower case. */
  readonly offeredBy: (server: Server) => ReadonlySet<string>;
  /** Whether the server takes NTLM in a scheme, as far as the recording shows. */
  readonly takesNtlmIn: (server: Server, scheme: string) => boolean;
};
type Server = Pick<Connection, 'server' | 'isProxy'>;

const noFacts = (): Facts => ({
  offered: new Set(),
  challenged: new Set(),
  refused: new Set(),
  named: new Set(),
});

export function schemeFactsOf({ connections, observations }: Recording): SchemeFacts {
  const servers = new Map(connections.map((connection) => [connection.id, connection]));
  const asked = new Map<string, string | null>(); // by connection: the scheme of the last NTLM
  const byServer = new Map<string, Facts>();
  const factsOf = ({ server, isProxy }: Server): Facts => {
    const key = `${isProxy} ${server}`;
    const facts = byServer.get(key) ?? noFacts();
    byServer.set(key, facts);
    return facts;
  };
  for (const observation of observations) {
    const connection = servers.get(observation.connection);
    if (connection === undefined) continue;
    if (observation.what === 'request') {
      const sent = credentialsSent(observation);
      asked.set(connection.id, sent?.message ? sent.scheme : null);
    }
    if (observation.what === 'reply')
      note(factsOf(connection), observation, connection, asked.get(connection.id) ?? null);
  }
  return {
    offeredBy: (server) => factsOf(server).offered,
    takesNtlmIn: (server, scheme) => {
      const { offered, challenged, refused, named } = factsOf(server);
      if (named.has(scheme) || challenged.has(scheme)) return true;
      return offered.has(scheme) && (scheme === 'ntlm' || !refused.has(scheme));
    },
  };
}

type Reply = Extract<Observation, { readonly what: 'reply' }>;

function note(facts: Facts, reply: Reply, { isProxy }: Connection, asked: string | null): void {
  const schemes = schemesIn(reply.authenticate);
  for (const scheme of schemes) facts.offered.add(scheme);
  if (challengeSent(reply) !== null)
    for (const scheme of schemesIn(reply.authenticate, true)) facts.challenged.add(scheme);
  else if (asked !== null && reply.status === (isProxy ? 407 : 401)) facts.refused.add(asked);
  if (asked !== null && reply.identity !== null && reply.identity !== '') facts.named.add(asked);
}

function schemesIn(values: readonly string[], withToken = false): readonly string[] {
  try {
    return parseChallenges(values)
      .filter(({ token }) => !withToken || token !== null)
      .map(({ scheme }) => scheme);
  } catch (error) {
    if (error instanceof HeaderError) return []; // its connection is left out
    throw error;
  }
}
