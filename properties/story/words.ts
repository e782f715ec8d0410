/** Words for pages, secrets, challenges, and messages that get lost. */
import type { Path } from '../../machines/messages.ts';
import type { Credential, Response, Secret } from '../../machines/terms.ts';
import type { Message } from './events.ts';

export const PAGES: { readonly [P in Path]: string } = {
  default: 'the start page',
  logonForm: 'the logon form',
  mailbox: 'the mailbox',
};

export const passwordNamed = (secret: Secret | null): string =>
  secret?.passwordOf ? `${secret.passwordOf}'s password` : 'a wrong password';

export const credentialsNamed = ({ user, secret }: Credential): string =>
  secret?.passwordOf === user ? passwordNamed(secret) : `${passwordNamed(secret)} for ${user}`;

/** What a response is worth, for whoever checks it. */
export const responseNamed = ({ user, key }: Response): string =>
  user === null
    ? 'a response as nobody (ANONYMOUS LOGON)'
    : `a response computed from ${credentialsNamed({ user, secret: key })}`;

/** As the subject of "is lost". */
export const LOST: { readonly [T in Message['type']]: string } = {
  'http.request': 'the request on its way',
  'http.request.basic': 'the request on its way, with a password in it,',
  NEGOTIATE_MESSAGE: 'the NEGOTIATE on its way',
  AUTHENTICATE_MESSAGE: 'the response on its way',
  'http.ok': 'the answer on its way (200)',
  'http.unauthorized': 'the refusal on its way (401)',
  CHALLENGE_MESSAGE: 'the challenge on its way',
};
