/** Every attack: the guard or hypothesis that is dropped, and what comes of each claim then. */

import { CLAIMS } from '../../properties/catalogue.ts';
import type { Attack } from '../../properties/faults/attacks/attack.ts';
import { ATTACKS } from '../../properties/faults/attacks/attacks.ts';
import { SEQUENCE_SEARCH } from '../../properties/random/sequences-to-find.ts';
import type { Goldens, Measured } from '../../properties/verdicts/measure.ts';
import { markdownTable, page } from './markdown.ts';

type Cell = Pick<Measured, 'verdict' | 'states' | 'trace' | 'loop'>;

/** What was measured of each claim once the guard is dropped. */
const broken = ({ id, deployment }: Attack, goldens: Goldens): Readonly<Record<string, Cell>> => ({
  ...goldens.verdicts[deployment.name],
  ...goldens.attacks[id],
});

const number = (count: number) => count.toLocaleString('en-US');

const guardedText = ({ claim, guarded }: Attack, goldens: Goldens): string => {
  const { verdict, states } = goldens.verdicts[guarded.name]![claim.id]!;
  return `${verdict} (${number(states)} states)`;
};

const foundText = ({ verdict, states, trace, loop }: Cell): string => {
  const steps = trace === null ? '' : ` in ${trace} steps`;
  const round = loop === undefined ? '' : `, the last ${trace! - loop} for ever`;
  return `${verdict}${steps}${round} (${number(states)} states)`;
};

const sequencesText = (sequences: number | null): string =>
  sequences === null ? 'no single run shows it' : number(sequences);

function row(attack: Attack, goldens: Goldens): readonly string[] {
  const cells = broken(attack, goldens);
  const before = goldens.verdicts[attack.guarded.name] ?? {};
  const others = CLAIMS.filter(({ id, kind }) => id !== attack.claim.id && kind !== 'sometimes');
  const falling = others.filter(
    ({ id }) => cells[id]?.verdict === 'violated' && before[id]?.verdict !== 'violated',
  );
  const standing = others.filter(({ id }) => cells[id]?.verdict === 'holds');
  return [
    attack.name,
    attack.seenIn,
    attack.dropped,
    `\`${attack.claim.id}\``,
    guardedText(attack, goldens),
    foundText(cells[attack.claim.id]!),
    falling.map(({ id }) => `\`${id}\` (${cells[id]!.trace})`).join(', '),
    standing.map(({ id }) => `\`${id}\``).join(', '),
    sequencesText(goldens.sequences[attack.id] ?? null),
  ];
}

/** For the README: what is dropped, what it is called then, and how long it takes. */
export function attacksTable(goldens: Goldens): string {
  return markdownTable(
    ['attack', 'guard or hypothesis dropped', 'claim that falls', 'steps', 'states'],
    ATTACKS.map((attack) => {
      const { trace, states } = broken(attack, goldens)[attack.claim.id]!;
      return [attack.name, attack.dropped, `\`${attack.claim.id}\``, trace, states];
    }),
  );
}

/** Deployments that differ in nothing else, so that the dropped guard is the difference. */
const places = ({ guarded, deployment, fault }: Attack): string =>
  fault === null
    ? `${guarded.name}; ${deployment.name}`
    : `\`--sabotage ${fault.id}\`, in ${deployment.name}`;

export function attacksPage(goldens: Goldens): string {
  return page(
    'Attacks',
    'Each row drops one guard or one hypothesis. With it the claim holds; without it the checker ' +
      'finds the attack, as a shortest counterexample, under the name by which the world knows ' +
      'it. Beside it: the other claims that fall too (with the steps of their own ' +
      'counterexamples), those that still hold, and after how many random hop sequences (of ' +
      `one seed, ${SEQUENCE_SEARCH.seed}) a search without exhaustion finds it.`,
    markdownTable(
      [
        'attack',
        'seen in',
        'guard or hypothesis dropped',
        'claim',
        'with it',
        'without it',
        'falls too',
        'still holds',
        'random sequences',
      ],
      ATTACKS.map((attack) => row(attack, goldens)),
    ),
    '## Where each is judged',
    markdownTable(
      ['attack', 'with the guard; without it'],
      ATTACKS.map((attack) => [`\`${attack.id}\``, places(attack)]),
    ),
  );
}
