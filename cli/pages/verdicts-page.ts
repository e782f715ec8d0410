/** The catalogue as a page: what each claim says, where it holds, and where it fails. */
import { CLAIMS } from '../../properties/catalogue.ts';
import { type Claim, isNegative, type Kind } from '../../properties/claim.ts';
import { confinement } from '../../properties/claims/agreement.ts';
import { doubleHopStops, passwordStaysSecret } from '../../properties/claims/double-hop.ts';
import { mailboxIsRead, promptLoopHappens } from '../../properties/claims/witnesses.ts';
import { DEPLOYMENTS } from '../../properties/deployments/deployments.ts';
import { boundsOf, summaryOf } from '../../properties/deployments/summary.ts';
import { NETWORKS, THEOREMS } from '../../properties/unbounded/theorems.ts';
import type { Goldens, Measured } from '../../properties/verdicts/measure.ts';
import {
  type Failing,
  failingWhereNotGiven,
  failingWithFault,
  measuredOf,
} from '../../properties/verdicts/tightness.ts';
import { type Cell, code, folded, markdownTable, page, stepsText } from './markdown.ts';

/** Five claims that state the double hop. */
const IN_README: readonly Claim[] = [
  doubleHopStops,
  confinement,
  passwordStaysSecret,
  promptLoopHappens,
  mailboxIsRead,
];

const NOT_APPLICABLE = '–';

/** "violated in 7 steps". */
const verdictText = (measured: Measured | undefined): string => {
  if (measured === undefined) return NOT_APPLICABLE;
  const { verdict, trace } = measured;
  return trace === null ? verdict : `${verdict} in ${stepsText(trace)}`;
};

/** For the README: five claims, in the article's deployment. */
export function claimsTable({ verdicts }: Goldens): string {
  const inArticle = (mechanism: string, { id }: Claim) =>
    verdictText(verdicts[`article (${mechanism})`]?.[id]);
  return [
    markdownTable(
      ['claim', 'NTLM', 'Basic'],
      IN_README.map((claim) => [claim.name, inArticle('NTLM', claim), inArticle('Basic', claim)]),
    ),
    'Each row states a claim and its verdict in the deployment of the article, first with NTLM, ' +
      'then with Basic. The number of steps is the length of the shortest counterexample or ' +
      `witness. "${NOT_APPLICABLE}" means that the claim does not apply.`,
  ].join('\n\n');
}

const KINDS: Readonly<Record<Kind, string>> = {
  always: 'the sentence is true in every reachable state',
  sometimes: 'it is true in some reachable state, for which a run is the witness',
  reachable: 'from every reachable state, a state in which it is true can be reached (AG EF)',
  response:
    'in every fair run the wait ends. In a fair run messages arrive, hosts and proxies forward ' +
    'what they can forward, and a user who is prompted types the right password; connections ' +
    'close, and users mistype or cancel, only finitely often',
  'deadlock-free': 'in every reachable state, some step is enabled',
};

export function verdictsPage(goldens: Goldens): string {
  return page(
    'Verdicts',
    'For readers who want to know what exactly was proved, and where. Every claim was checked in ' +
      'every deployment of the catalogue to which it applies; each search visited all reachable ' +
      'states within the bounds of the deployment.',
    '## Summary',
    'Each row states a claim. _Given_ is the hypothesis: a predicate of the deployment, whose ' +
      'words are printed here. Where it is true the claim holds (or has its witness); where it ' +
      'is false the checker finds a counterexample. Tests compare the two in all of them. ' +
      '_Given not met_ names the deployment with the shortest counterexample; _fault_ names the ' +
      'seeded [fault](faults.md) that breaks the claim soonest although its hypothesis is true. ' +
      'Steps are those of the counterexample. _Without bounds_ names the networks of any size for ' +
      'which it is [proved](proof.md); they are described below.',
    markdownTable(
      [
        'claim',
        'sentence',
        'given',
        'holds in',
        'given not met, counterexample found in',
        'with the fault',
        'without bounds',
      ],
      CLAIMS.map((claim) => summaryRow(claim, goldens)),
    ),
    '## Without bounds',
    'Networks of any size, and the claims that are proved for any number of users, hosts, hops, ' +
      'connections and challenges in them. `npx double-hop prove` does it again, and prints the ' +
      'contracts between the parties. A claim that is not named here is not proved without ' +
      'bounds; [why](proof.md#what-is-not-covered).',
    markdownTable(
      ['networks', 'in which', 'proved'],
      NETWORKS.map(({ id, says, supposing }) => [
        code(id),
        [says, ...supposing].join('; '),
        provedOf(id),
      ]),
    ),
    '## Each claim',
    'States are distinct. Transitions are pairs of a state and a step enabled in it. Depth is ' +
      'the distance of the furthest state, in steps. Trace is the length of the shortest ' +
      'counterexample or of the witness, in steps. Where a claim is checked in several systems, ' +
      'states and transitions are summed. What must be true depends on the kind of the claim:',
    Object.entries(KINDS)
      .map(([kind, meaning]) => `- \`${kind}\`: ${meaning}.`)
      .join('\n'),
    ...CLAIMS.map((claim) => details(claim, goldens)),
    '## Deployments',
    folded(
      `${DEPLOYMENTS.length} deployments, and their bounds`,
      markdownTable(
        ['deployment', 'parties', 'bounds'],
        DEPLOYMENTS.map((deployment) => [
          deployment.name,
          summaryOf(deployment),
          boundsOf(deployment.bounds).replace(/^Bounds: /, ''),
        ]),
      ),
    ),
    '## Refusals',
    'A message that its addressee refuses is not delivered: it waits on the wire.',
    folded(
      `${goldens.refusals.length} refusals, in all deployments together`,
      goldens.refusals.map((refusal) => `- ${refusal}`).join('\n'),
    ),
  );
}

function summaryRow(claim: Claim, goldens: Goldens): readonly Cell[] {
  const measured = measuredOf(claim, goldens);
  const positive = measured.filter((each) => !isNegative(each.measured)).length;
  const [failing] = failingWhereNotGiven(claim, goldens);
  const [fault] = failingWithFault(claim, goldens);
  return [
    code(claim.id),
    claim.name,
    claim.given.says,
    `${positive} of ${measured.length}`,
    failing === undefined ? null : failingText(failing),
    fault === undefined ? null : failingText({ ...fault, where: code(fault.where) }),
    listOf(theoremsOf(claim).map(({ network }) => code(network.id))),
  ];
}

const theoremsOf = (claim: Claim) => THEOREMS.filter((theorem) => theorem.claim === claim);

/** The claims that are proved of a class of networks, with what else is supposed. */
const provedOf = (network: string): string =>
  THEOREMS.filter((theorem) => theorem.network.id === network)
    .map(({ claim, supposing }) =>
      supposing.length === 0
        ? code(claim.id)
        : `${code(claim.id)} where ${supposing.join(' and where ')}`,
    )
    .join('; ');

const failingText = ({ where, steps }: Failing): string =>
  steps === null ? where : `${where} (${stepsText(steps)})`;

function details(claim: Claim, goldens: Goldens): string {
  const { id, name, kind, given, scope, source, witnesses } = claim;
  const faults = failingWithFault(claim, goldens);
  const facts: readonly (readonly [string, string | null])[] = [
    ['Kind', code(kind)],
    ['Applies where', scope],
    ['Given', given.says],
    ['Source', source],
    ['Shown not to be vacuous by', listOf(witnesses.map(code))],
    [
      'Broken by the faults',
      listOf(faults.map((each) => failingText({ ...each, where: code(each.where) }))),
    ],
  ];
  return folded(
    `<code>${id}</code>: ${name}`,
    facts.flatMap(([what, text]) => (text === null ? [] : [`- ${what}: ${text}`])).join('\n'),
    markdownTable(
      ['deployment', 'verdict', 'states', 'transitions', 'depth', 'trace'],
      measuredOf(claim, goldens).map(({ deployment, measured }) => [
        deployment.name,
        measured.verdict,
        measured.states,
        measured.transitions,
        measured.depth,
        measured.trace,
      ]),
    ),
  );
}

const listOf = (items: readonly string[]): string | null =>
  items.length === 0 ? null : items.join(', ');
