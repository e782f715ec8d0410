/**
 * A model as a module of TLA+ for the model checker TLC. Its numbers start at 1, as the indices of
 * sequences do.
 *
 * Responses are not exported: weak fairness in TLA+ is about steps that change the state, and ours
 * also about steps that do not.
 *
 * @source Lamport, Specifying Systems, 8.4 (weak fairness) and 14 (TLC)
 */

import { identifiers, plain } from '../promela/names.ts';
import type {
  DecisionTable,
  ModelCell,
  ModelProperty,
  TabulatedModel,
} from '../promela/tabulated-model.ts';

export type TlaFiles = { readonly module: string; readonly configuration: string };

/**
 * @param name - of the module, and of the file without its ending.
 * @param about - lines at the head, as comments.
 * @param deadlock - whether TLC is to look for states in which no offer is enabled.
 */
export function tlaOf(
  model: TabulatedModel,
  name: string,
  about: readonly string[],
  deadlock: boolean,
): TlaFiles {
  const { components, inputs, offers, properties } = model;
  const textOf = (input: number) => {
    const { component, event } = inputs[input]!;
    return `${components[component]!.name}: ${event}`;
  };
  const actions = identifiers(
    offers.map((input) => typeOf(textOf(input))),
    'Take_',
  );
  const operators = properties.flatMap((property, i) =>
    property.kind === 'always' || property.kind === 'sometimes'
      ? [{ property, operator: `${property.kind === 'always' ? 'Always' : 'Never'}${i + 1}` }]
      : [],
  );
  const module = [
    `---- MODULE ${name} ----`,
    ...about.map(remark),
    'EXTENDS Integers, Sequences, TLC',
    '',
    'VARIABLE at  \\* by component: the number of its state',
    '',
    ...components.flatMap(({ name: owner, states }, i) => [
      remark(`Component ${i + 1}: ${owner}`),
      ...states.map((state, number) => remark(`  ${number + 1} ${state}`)),
    ]),
    `IsMonitor == ${sequence(components.map(({ isMonitor }) => (isMonitor ? 'TRUE' : 'FALSE')))}`,
    '',
    remark('By input: the component it reaches.'),
    `Owner == ${sequence(inputs.map(({ component }) => String(component + 1)))}`,
    '',
    remark('By input, then by state: the next state and the inputs that follow.'),
    remark('0: refused, so that the step is not enabled. -1: the search never used it.'),
    ...inputs.map(
      ({ cells }, i) =>
        `${remark(textOf(i))}\nInput${i + 1} == ${sequence(cells.map((cell) => tupleOf(cell)))}`,
    ),
    `Cells == ${sequence(inputs.map((_, i) => `Input${i + 1}`))}`,
    '',
    STEP,
    '',
    ...offers.flatMap((input, offer) => [
      remark(textOf(input)),
      `${actions[offer]} == Take(${input + 1})`,
    ]),
    '',
    `Init == at = ${sequence(components.map(() => '1'))}`,
    'Next ==',
    ...(actions.length > 0 ? actions.map((action) => `  \\/ ${action}`) : ["  FALSE /\\ at' = at"]),
    '',
    ...operators.flatMap(({ property, operator }) => [
      remark(property.name),
      `${operator} == ${property.kind === 'always' ? '' : '~'}Holds(${tableOf(property)})`,
    ]),
    '====',
    '',
  ];
  const configuration = [
    'INIT Init',
    'NEXT Next',
    ...operators.map(({ operator }) => `INVARIANT ${operator}`),
    `CHECK_DEADLOCK ${deadlock ? 'TRUE' : 'FALSE'}`,
    '',
  ];
  return { module: module.join('\n'), configuration: configuration.join('\n') };
}

/** The cascade of a step, written from the definition of a step. */
const STEP = `\
RECURSIVE Cascade(_, _)

\\* The states after all inputs of the queue, first in, first out. << >>: one of them is refused.
Cascade(states, queue) ==
  IF queue = << >> THEN states
  ELSE LET input == Head(queue)
           component == Owner[input]
           cell == Cells[input][states[component]]
       IN CASE cell[1] = 0 ->
                 (IF IsMonitor[component] THEN Cascade(states, Tail(queue)) ELSE << >>)
            [] cell[1] = -1 -> Assert(FALSE, <<"hole", input, states[component]>>)
            [] OTHER ->
                 Cascade([states EXCEPT ![component] = cell[1]], Tail(queue) \\o cell[2])

Take(input) ==
  LET after == Cascade(at, <<input>>)
  IN after # << >> /\\ at' = after

\\* 1: it holds. 0: it does not. -1: no reached state has these.
Holds(value) == IF value = -1 THEN Assert(FALSE, "hole") ELSE value = 1`;

const remark = (text: string) => `\\* ${plain(text)}`;
const sequence = (items: readonly string[]) => `<<${items.join(', ')}>>`;

const tupleOf = (cell: ModelCell): string => {
  if (cell === 'hole') return '<<-1, << >>>>';
  if (cell === 'refused') return '<<0, << >>>>';
  const effects = cell.effects.map((input) => String(input + 1));
  return `<<${cell.next + 1}, ${sequence(effects)}>>`;
};

/** The name of a component and the type of its event, without the rest of the event. */
const typeOf = (text: string) => text.replace(/: \{"type":"([^"]*)".*/, ' $1');

const tableOf = ({ reads, decision }: ModelProperty): string =>
  `${decisionOf(decision)}${reads.map((read) => `[at[${read + 1}]]`).join('')}`;

const decisionOf = (decision: DecisionTable): string =>
  decision === null || typeof decision === 'boolean'
    ? String(decision === null ? -1 : Number(decision))
    : sequence(decision.map(decisionOf));
