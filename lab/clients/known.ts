/**
 * Known breaches of claims by clients, each with a question that shows it. No other claim may be
 * broken, and each listed one must be.
 *
 * Unsafe behaviour is not described further: a server on the way could use the details.
 */
import type { ClientBreach } from './trial.ts';

/** The answer in place of unsafe details. */
export const TOO_MUCH = 'does more than the model allows';

/** The claim that a breach is reported under: an unsafe one as `unsafe` alone. */
export const claimOf = ({ claim }: ClientBreach): KnownBreach['claim'] =>
  claim === 'ownOrigin' || claim === 'ownConnection' ? 'unsafe' : claim;

export const isUnsafe = (breaches: readonly ClientBreach[]): boolean =>
  breaches.some((breach) => claimOf(breach) === 'unsafe');

export type KnownBreach = {
  readonly client: string;
  readonly claim: Exclude<ClientBreach['claim'], 'ownOrigin' | 'ownConnection'> | 'unsafe';
  readonly question: string; // the id of a question that shows it
  readonly what: string;
  readonly source: string; // the measurement or the document
};

const HERE = 'Measured: the client, put through scenarios against the model.';
const resends = (client: string, source = HERE): readonly KnownBreach[] =>
  (['ownChallenge', 'model'] as const).map((claim) => ({
    client,
    claim,
    question: 'challenge-and-close',
    what: 'Where the connection has gone, the response goes out on a new one, and is refused.',
    source,
  }));

export const KNOWN: readonly KnownBreach[] = [
  ...resends('Chromium', `${HERE} Seen by others: issue 198 of Waffle/waffle.`),
  ...resends('httpntlm'),
  ...resends('axios-ntlm'),
  ...resends('requests_ntlm'),
  {
    client: 'curl --anyauth',
    claim: 'model',
    question: 'refused-when-signed-in',
    what: 'A 401 on a connection that it is signed in on makes it ask once more, without anything.',
    source: `${HERE} Pull request 363 of curl/curl says what the 401 is for.`,
  },
  {
    client: 'axios-ntlm',
    claim: 'oneHandshake',
    question: 'redirect-of-a-public-page',
    what: 'It answers the 401 of where it is led to with a handshake where it came from, for ever.',
    source: HERE,
  },
  {
    client: 'httpntlm',
    claim: 'unsafe',
    question: 'redirect-of-a-public-page',
    what: TOO_MUCH,
    source: HERE,
  },
  {
    client: 'requests_ntlm',
    claim: 'unsafe',
    question: 'redirect-after-a-sign-in',
    what: TOO_MUCH,
    source: HERE,
  },
  {
    client: 'requests_ntlm',
    claim: 'unsafe',
    question: 'another-user',
    what: TOO_MUCH,
    source: `${HERE} Known to its maintainers: issue 71 of requests/requests-ntlm.`,
  },
];
