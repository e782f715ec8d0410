/**
 * Where clients are known to break a claim, each with the question that shows it. Nothing else may
 * be broken, and what is in the list has to be.
 *
 * Of what is unsafe only that much is said. A server on the way could make use of more.
 */
import type { ClientFault } from './trial.ts';

/** What stands for an answer that is better not told. */
export const TOO_MUCH = 'does more than the model allows';

/** The claim that a fault is told to break. What is unsafe is told as no more than that. */
export const claimOf = ({ claim }: ClientFault): KnownBreach['claim'] =>
  claim === 'ownOrigin' || claim === 'ownConnection' ? 'unsafe' : claim;

export const isUnsafe = (faults: readonly ClientFault[]): boolean =>
  faults.some((fault) => claimOf(fault) === 'unsafe');

export type KnownBreach = {
  readonly client: string;
  readonly claim: Exclude<ClientFault['claim'], 'ownOrigin' | 'ownConnection'> | 'unsafe';
  readonly question: string; // id of one that shows it
  readonly what: string;
  readonly source: string; // who has measured it, or where it is documented
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
