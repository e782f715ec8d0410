/**
 * The model's replies as HTTP.
 *
 * @source RFC 9110 11.6.1, 11.7.1 (challenges of a server, of a proxy), 15.4.3 (302);
 *   MS-NTHT 2.2.1 (NTLM in them); RFC 7617 2 (a realm)
 */
import type { ServedReply, ServedScheme } from './served-connection.ts';

export type HttpReply = {
  readonly status: number;
  readonly authenticate: readonly string[];
  readonly location: string | null;
  readonly identity: string | null;
};

/** The field names and the status of a server and of a proxy. */
export const FIELDS = {
  server: { request: 'authorization', reply: 'WWW-Authenticate', status: 401 },
  proxy: { request: 'proxy-authorization', reply: 'Proxy-Authenticate', status: 407 },
} as const;
export type AuthFields = (typeof FIELDS)[keyof typeof FIELDS];

/** The reply to an unreadable request, which no machine receives. */
export const UNREADABLE: HttpReply = {
  status: 400,
  authenticate: [],
  location: null,
  identity: null,
};

const REALM = 'double-hop';

export function httpReply(
  { reply, token, identity }: Pick<ServedReply, 'reply' | 'token' | 'identity'>,
  schemes: readonly ServedScheme[],
  { status }: AuthFields,
): HttpReply {
  const offers = schemes.map((scheme) => (scheme === 'Basic' ? `Basic realm="${REALM}"` : scheme));
  const said = (part: Partial<HttpReply>) => ({ ...UNREADABLE, identity, ...part });
  switch (reply.type) {
    case 'http.ok':
      return said({ status: 200 });
    case 'http.redirect':
      return said({ status: 302, location: reply.to });
    case 'http.forbidden':
      return said({ status: 403 });
    case 'http.unauthorized':
      return said({ status, authenticate: offers });
    case 'CHALLENGE_MESSAGE':
      return said({ status, authenticate: [`NTLM ${Buffer.from(token!).toString('base64')}`] });
  }
}
