/** The catalogue as pages: what was judged where, what each claim rests on, and what breaks it. */
import { CLAIMS } from '../../properties/catalogue.ts';
import type { Claim } from '../../properties/claim.ts';
import { DEPLOYMENTS } from '../../properties/deployments/deployments.ts';
import { boundsOf, summaryOf } from '../../properties/deployments/summary.ts';
import { isPlain } from '../../properties/oracle/passing-hops.ts';
import type { Goldens, Measured } from '../../properties/verdicts/measure.ts';
import { markdownTable, page } from './markdown.ts';

const result = (measured: Measured | undefined): string | null =>
  measured === undefined
    ? null
    : `${measured.verdict}${measured.trace === null ? '' : ` in ${measured.trace}`}`;

/** The mistakes with which the claim fails, and in how many steps. */
function tightness(claim: Claim, { faults }: Goldens): string {
  return Object.entries(faults)
    .flatMap(([id, broken]) => {
      const found = broken[claim.id];
      return found === undefined || found.verdict === 'holds'
        ? []
        : [`${id}${found.trace === null ? '' : ` (${found.trace})`}`];
    })
    .join(', ');
}

/** True of a claim that says something where everybody is honest, and nothing is shared. */
const isPlainly = (claim: Claim) =>
  DEPLOYMENTS.some((deployment) => isPlain(deployment) && claim.appliesTo(deployment));

/** For the README: each such claim, its verdicts in the article, and what supports it. */
export function summaryTable(goldens: Goldens): string {
  const ntlm = goldens.verdicts['article (NTLM)'] ?? {};
  const basic = goldens.verdicts['article (Basic)'] ?? {};
  return markdownTable(
    ['claim', 'says', 'NTLM', 'Basic', 'broken by the mistake', 'not vacuous'],
    CLAIMS.filter(isPlainly).map((claim) => [
      `\`${claim.id}\``,
      claim.name,
      result(ntlm[claim.id]),
      result(basic[claim.id]),
      tightness(claim, goldens),
      claim.witnesses.map((id) => `\`${id}\``).join(', '),
    ]),
  );
}

export function verdictsPage(goldens: Goldens): string {
  return page(
    'Verdicts',
    'Every claim in every deployment of the catalogue, exhausted. A trace is a shortest ' +
      'counterexample or a witness, in steps. States are distinct; transitions are pairs of a ' +
      'state and a step enabled in it; depth is that of the furthest state, in steps. Where a ' +
      'claim is judged in several systems, states and transitions are summed.',
    '## The claims',
    markdownTable(
      ['claim', 'kind', 'says', 'hypothesis', 'source'],
      CLAIMS.map(({ id, kind, name, hypothesis, source }) => [
        `\`${id}\``,
        kind,
        name,
        hypothesis,
        source,
      ]),
    ),
    ...DEPLOYMENTS.flatMap((deployment) => [
      `## ${deployment.name}`,
      `${summaryOf(deployment)}. ${boundsOf(deployment.bounds)}`,
      markdownTable(
        ['claim', 'verdict', 'states', 'transitions', 'depth', 'trace'],
        Object.entries(goldens.verdicts[deployment.name] ?? {}).map(([id, measured]) => [
          `\`${id}\``,
          measured.verdict,
          measured.states,
          measured.transitions,
          measured.depth,
          measured.trace,
        ]),
      ),
    ]),
    '## Refusals',
    'A step whose message is refused is not taken: it waits. These are all the refusals there are.',
    goldens.refusals.map((refusal) => `- ${refusal}`).join('\n'),
  );
}
