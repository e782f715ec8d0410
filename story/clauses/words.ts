/** Words for pages, secrets, challenges, and messages that get lost. */
import type { Path } from '../../machines/vocabulary/messages.ts';
import {
  type CertificateName,
  type Credential,
  type Response,
  type Secret,
  ZERO_BINDING,
} from '../../machines/vocabulary/terms.ts';
import type { Connection } from '../component-names.ts';
import type { Message } from '../story-events.ts';

export const PAGES: { readonly [P in Path]: string } = {
  default: 'the start page',
  logonForm: 'the logon form',
  mailbox: 'the mailbox',
};

export const passwordNamed = (secret: Secret | null): string =>
  secret?.passwordOf ? `${secret.passwordOf}'s password` : 'a wrong password';

export const credentialsNamed = ({ user, secret }: Credential): string =>
  secret?.passwordOf === user ? passwordNamed(secret) : `${passwordNamed(secret)} for ${user}`;

/** From whose password a response was computed, and how. */
export function responseNamed(response: Response): string {
  const { user, key } = response;
  if (user === null) return 'an anonymous response';
  return `${responseKind(response)} computed from ${credentialsNamed({ user, secret: key })}`;
}

const bindingNamed = (binding: CertificateName): string =>
  binding === ZERO_BINDING
    ? 'with an all-zero channel binding'
    : `bound to the TLS channel of the certificate ${binding}`;

/** The properties of a response that a server checks: its version, MIC, binding, and changes. */
export function responseKind({ pairs, mic, altered }: Response): string {
  const features = [
    ...(pairs !== null && pairs.mic !== 'none' && mic === null ? ['whose MIC was removed'] : []),
    ...(pairs?.mic === 'ambiguous' ? ['with MsvAvFlags twice'] : []),
    ...(pairs !== null && pairs.mic === 'none' ? ['without a MIC'] : []),
    ...(pairs?.binding ? [bindingNamed(pairs.binding)] : []),
    ...(altered ? ['changed in transit'] : []),
  ];
  const version = pairs === null ? 'an NTLMv1 response' : 'a response';
  return features.length === 0 ? version : `${version} ${listed(features)},`;
}

/** "a, b and c" */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** A message that a party forwards: whose request it is, or whose reply. */
export function parcelNamed(message: Message, { from, to }: Pick<Connection, 'from' | 'to'>) {
  switch (message.type) {
    case 'http.request':
      return `${from}'s request`;
    case 'http.request.basic':
      return `${from}'s request, ${credentialsNamed(message.credential)} included,`;
    case 'NEGOTIATE_MESSAGE':
      return `${from}'s NEGOTIATE_MESSAGE`;
    case 'AUTHENTICATE_MESSAGE':
      return message.response.user === null ? `${from}'s anonymous response` : `${from}'s response`;
    case 'http.ok':
      return `the page of ${to}`;
    case 'http.redirect':
      return `${to}'s redirect to ${message.to}`;
    case 'http.forbidden':
      return `403 from ${to}`;
    case 'http.unauthorized':
      return `401 from ${to}`;
    case 'CHALLENGE_MESSAGE':
      return `${to}'s challenge`;
  }
}

/** As the subject of "is lost". */
export const LOST: { readonly [T in Message['type']]: string } = {
  'http.request': 'the request in transit',
  'http.request.basic': 'the request in transit, with a password in it,',
  NEGOTIATE_MESSAGE: 'the NEGOTIATE_MESSAGE in transit',
  AUTHENTICATE_MESSAGE: 'the AUTHENTICATE_MESSAGE in transit',
  'http.ok': 'the 200 in transit',
  'http.redirect': 'the 302 in transit',
  'http.forbidden': 'the 403 in transit',
  'http.unauthorized': 'the 401 in transit',
  CHALLENGE_MESSAGE: 'the challenge in transit',
};
