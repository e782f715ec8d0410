/** Where implementations differ: the measured answers of servers and clients, as a page. */
import type { Divergence } from '../../conformance/trace/divergences.ts';
import { markdownTable, page } from './markdown.ts';

type Questions = Readonly<Record<string, string>>; // in words, by id
type Answers = Readonly<Record<string, string>>; // by a question's id

/** What the laboratory wrote: see `test/lab/drive.test.ts`. */
export type ServersFile = {
  readonly questions: Questions;
  readonly servers: Readonly<
    Record<
      string,
      {
        readonly policy: string | null; // its name in the model
        readonly accepts: string; // "what the model allows", or more
        readonly answers: Answers;
      }
    >
  >;
};

/** See `test/lab/clients.test.ts`. */
export type ClientsFile = {
  readonly questions: Questions;
  readonly clients: Readonly<
    Record<string, { readonly version: string; readonly use: string; readonly answers: Answers }>
  >;
  readonly known: readonly {
    readonly client: string;
    readonly claim: string;
    readonly question: string;
    readonly what: string;
    readonly source: string;
  }[];
};

export type Measured = {
  readonly servers: ServersFile;
  readonly clients: ClientsFile;
  /** By acceptor and client, see `test/lab/clients-at-acceptors.test.ts`. */
  readonly together: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly divergences: readonly Divergence[];
};

export function implementationsPage({ servers, clients, together, divergences }: Measured) {
  return page(
    'Implementations',
    'For readers who want to know how real software decides what the standards leave open. Each ' +
      'answer was measured on loopback, with stock packages of Debian 12, and the tests in ' +
      '`test/lab/` repeat the measurement ([method](reality.md)).',
    '## Servers',
    'All requests use NTLMv2. `yes` is a page, `no` a 401 or 407 without a challenge, ' +
      '`challenge` one with a challenge, `forbidden` 403, `error` another refusal, and `closed` ' +
      'the end of the connection. Several words are the answers to several requests, in order.',
    serversTable(servers),
    "The model's server gives the same answers under the policy in the first row, except for the " +
      'divergences below and for what the model does not allow.',
    '## Clients',
    'Each client visited servers that the model runs. A row says what the client sent, and the ' +
      'outcome; a password is sent by Basic.',
    markdownTable(
      ['client', 'version', 'how it was run'],
      Object.entries(clients.clients).map(([name, { version, use }]) => [name, version, use]),
    ),
    ...Object.entries(clients.questions).flatMap(([id, question]) => [
      `### ${question}`,
      answersTable(clients, id),
    ]),
    '## Clients at servers',
    'The final status that each client receives, with the right password and with a wrong one.',
    markdownTable(
      ['', ...Object.keys(together)],
      Object.keys(clients.clients).map((client) => [
        client,
        ...Object.values(together).map((row) => row[client] ?? null),
      ]),
    ),
    '## Client behaviour outside the model',
    'The claims are `ownChallenge` (each response answers the last challenge of its own ' +
      'connection), `oneHandshake` (the handshakes for one request are bounded) and `model` (the ' +
      'messages are a run of the client side of the model). An `unsafe` behaviour is not ' +
      'described until its maintainers have been informed.',
    markdownTable(
      ['client', 'claim', 'behaviour', 'question', 'source'],
      clients.known.map(({ client, claim, what, question, source }) => [
        client,
        `\`${claim}\``,
        what,
        claim === 'unsafe' ? null : (clients.questions[question] ?? question),
        source,
      ]),
    ),
    '## Known divergences',
    '`double-hop judge` reads these behaviours as stated, and reports each one that a recording ' +
      'needs.',
    markdownTable(
      ['divergence', 'implementation', 'seen', 'read as', 'reason', 'source'],
      divergences.map((each) => [
        `\`${each.id}\``,
        each.implementation,
        seenIn(each),
        readAs(each),
        each.reason,
        each.source,
      ]),
    ),
  );
}

function serversTable({ questions, servers }: ServersFile): string {
  const all = Object.entries(servers);
  return markdownTable(
    ['', ...all.map(([name]) => name)],
    [
      ['policy', ...all.map(([, { policy }]) => (policy === null ? null : `\`${policy}\``))],
      ['accepts', ...all.map(([, { accepts }]) => accepts)],
      ...Object.entries(questions).map(([id, question]) => [
        question,
        ...all.map(([, { answers }]) => answers[id] ?? null),
      ]),
    ],
  );
}

/** Clients that answer alike share a row. */
function answersTable({ clients }: ClientsFile, id: string): string {
  const byAnswer = new Map<string, string[]>();
  for (const [name, { answers }] of Object.entries(clients)) {
    const answer = answers[id] ?? '';
    byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), name]);
  }
  return markdownTable(
    ['answer', 'clients'],
    [...byAnswer].map(([answer, names]) => [answer, names.join(', ')]),
  );
}

const seenIn = ({ pattern: { after, seen } }: Divergence): string =>
  after === 'nothing' ? `${seen} at once` : `${seen} after ${after}`;

const readAs = ({ effect }: Divergence): string =>
  'readAs' in effect ? `a ${effect.readAs}` : `${effect.asIf.join(' and ')} before it`;
