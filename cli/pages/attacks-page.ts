/** Every attack: the guard that is dropped, and the claims that fall without it. */

import { deploymentsOf } from '../../machines/system/topology.ts';
import { CLAIMS } from '../../properties/catalogue.ts';
import { SHIPPED } from '../../properties/deployments/shipped.ts';
import type { Attack } from '../../properties/faults/attacks/attack.ts';
import { ATTACKS } from '../../properties/faults/attacks/attacks.ts';
import { SEQUENCE_SEARCH } from '../../properties/random/sequences-to-find.ts';
import type { Goldens, Measured } from '../../properties/verdicts/measure.ts';
import { type Cell, code, grouped, markdownTable, page, stepsText } from './markdown.ts';

/** Of five kinds: adversary, replay, proxy, pool and acceptor. */
const IN_README: readonly string[] = [
  'relay-any-name',
  'replay',
  'wrong-user-behind-pool',
  'pool-without-credentials',
  'type-3-interleave',
];

type Verdict = Pick<Measured, 'verdict' | 'states' | 'trace' | 'loop'>;

/** By claim: what was measured once the guard is dropped. */
const broken = (
  { id, deployment }: Attack,
  goldens: Goldens,
): Readonly<Record<string, Verdict>> => ({
  ...goldens.verdicts[deployment.name],
  ...goldens.attacks[id],
});

/** The command that tells the counterexample. Null: no shipped topology is the attack's. */
export function commandOf({ claim, deployment, fault }: Attack): string | null {
  const trace = `npx double-hop trace ${claim.id}`;
  if (fault !== null)
    return fault.deployment === deployment ? `${trace} --fault ${fault.id}` : null;
  const text = JSON.stringify({ ...deployment, name: '' });
  const shipped = SHIPPED.find((topology) =>
    deploymentsOf(topology).some((each) => JSON.stringify({ ...each, name: '' }) === text),
  );
  return shipped === undefined ? null : `${trace} topologies/${shipped.name}.yaml`;
}

/** For the README: five attacks. */
export function attacksTable(goldens: Goldens): string {
  const attacks = IN_README.map((id) => ATTACKS.find((attack) => attack.id === id)!);
  return markdownTable(
    ['attack', 'guard dropped', 'claim that falls', 'steps', 'to see it'],
    attacks.map((attack) => {
      const { trace } = broken(attack, goldens)[attack.claim.id]!;
      return [
        attack.name,
        attack.dropped,
        code(attack.claim.id),
        trace,
        code(commandOf(attack) ?? ''),
      ];
    }),
  );
}

const guardedText = ({ claim, guarded }: Attack, goldens: Goldens): string => {
  const { verdict, states } = goldens.verdicts[guarded.name]![claim.id]!;
  return `${verdict} (${grouped(states)} states)`;
};

const brokenText = ({ verdict, states, trace, loop }: Verdict): string => {
  const steps = trace === null ? '' : ` in ${stepsText(trace)}`;
  const endless = loop === undefined ? '' : `, the last ${trace! - loop} repeated for ever`;
  return `${verdict}${steps}${endless} (${grouped(states)} states)`;
};

const sequencesText = (sequences: number | null): string =>
  sequences === null ? 'no single run shows it' : grouped(sequences);

function otherClaims(attack: Attack, goldens: Goldens): readonly Cell[] {
  const after = broken(attack, goldens);
  const before = goldens.verdicts[attack.guarded.name] ?? {};
  const others = CLAIMS.filter(({ id, kind }) => id !== attack.claim.id && kind !== 'sometimes');
  const falling = others.filter(
    ({ id }) => after[id]?.verdict === 'violated' && before[id]?.verdict !== 'violated',
  );
  const standing = others.filter(({ id }) => after[id]?.verdict === 'holds');
  return [
    falling.map(({ id }) => `${code(id)} (${after[id]!.trace})`).join(', '),
    standing.map(({ id }) => code(id)).join(', '),
  ];
}

/** The deployments with and without the guard; they differ in nothing else. */
const deploymentsText = ({ guarded, deployment, fault }: Attack): string =>
  fault === null
    ? `${guarded.name}; ${deployment.name}`
    : `${deployment.name}, without and with \`--fault ${fault.id}\``;

export function attacksPage(goldens: Goldens): string {
  return page(
    'Attacks',
    'For readers who want to know what each guard keeps out. Each row drops one guard, of a ' +
      'deployment or of a machine. With the guard the claim holds; without it the checker finds ' +
      'the attack as a shortest counterexample. The attack has the name that it has in the ' +
      'literature, or of the advisory.',
    markdownTable(
      ['attack', 'seen in', 'guard dropped', 'claim', 'with the guard', 'without the guard'],
      ATTACKS.map((attack) => [
        attack.name,
        attack.seenIn,
        attack.dropped,
        code(attack.claim.id),
        guardedText(attack, goldens),
        brokenText(broken(attack, goldens)[attack.claim.id]!),
      ]),
    ),
    '## Other claims',
    'Without the guard some other claims fall too, with the steps of their own counterexamples; ' +
      'the rest still hold. The last column is the number of random hop sequences after which ' +
      `random search finds the attack (seed ${SEQUENCE_SEARCH.seed}).`,
    markdownTable(
      ['attack', 'claims that fall too', 'claims that still hold', 'random sequences'],
      ATTACKS.map((attack) => [
        code(attack.id),
        ...otherClaims(attack, goldens),
        sequencesText(goldens.sequences[attack.id] ?? null),
      ]),
    ),
    '## Deployments and commands',
    'The command tells the counterexample. It is missing where the deployment ships in no ' +
      'topology file.',
    markdownTable(
      ['attack', 'deployment with the guard; without it', 'command'],
      ATTACKS.map((attack) => {
        const command = commandOf(attack);
        return [code(attack.id), deploymentsText(attack), command === null ? null : code(command)];
      }),
    ),
  );
}
