/**
 * A model in Promela, the language of the model checker SPIN.
 *
 * @source Holzmann, The SPIN Model Checker, 17 (embedded C code)
 */

import { NONE } from '../liveness/fairness.ts';
import { TYPES, tablesOf } from './c-tables.ts';
import { comment, declared, heading, identifiers } from './names.ts';
import { CHECKING, declaredState, looping, stepping, taking, typeFor } from './pieces.ts';
import type { TabulatedModel } from './tabulated-model.ts';

/**
 * One process with an option for each offer. A verifier compiled with `-DNOTE` prints its findings
 * and continues; any other stops at the first violation or witness.
 *
 * @param about - lines at the head, as a comment.
 * @throws RangeError for tables that are too large for SPIN.
 */
export function promelaOf(model: TabulatedModel, about: readonly string[]): string {
  const options = model.offers.map((_, offer) => optionOf(model, offer));
  return [...opening(model, about), looping('steps', [CHECKING, ...options])].join('\n');
}

/**
 * The same for a response. The verifier looks for a cycle that is weakly fair to its processes
 * (`pan -a -f`). There is one process for each duty. One more process takes all other offers, or
 * rests. It settles at some time; from then on, no `finite` offer is taken.
 *
 * @throws TypeError if no property of this name is a response.
 * @source Baier and Katoen, Principles of Model Checking, 3.5 and 4.4 (fairness; Büchi automata)
 */
export function fairPromelaOf(
  model: TabulatedModel,
  response: string,
  about: readonly string[],
): string {
  const index = model.properties.findIndex(({ name }) => name === response);
  const property = model.properties[index];
  if (property?.kind !== 'response') throw new TypeError(`'${response}' is not a response`);
  const { duties } = property;
  const options = (duty: number) =>
    model.offers.flatMap((_, offer) =>
      duties.of[offer] === duty
        ? [optionOf(model, offer, duties.isFinite[offer] ? '!now.settled && ' : '')]
        : [],
    );
  const numbers = [...new Set(duties.of)].filter((duty) => duty !== NONE);
  const extra = {
    declarations: [`\\#define NFAIR ${fairnessRoom(numbers.length + 1)}`],
    variables: ['bit settled; /* from now on, no finite offer is taken */'],
    functions: [
      'static int hop_owes(void) {',
      '  hop_load();',
      `  return now.settled && !hop_holds(&HOP->properties[${index}]);`,
      '}',
    ],
  };
  return [
    ...opening(model, about, extra),
    ...numbers.map((duty) => looping(`duty_${duty}`, options(duty))),
    looping('others', [
      ...options(NONE),
      ':: d_step { !settled -> settled = 1 }',
      ':: settled == settled /* rests; SPIN refuses a plain skip here */',
    ]),
    CLAIM,
  ].join('\n');
}

/** The constant NFAIR of the verifier for this number of processes. */
const fairnessRoom = (processes: number) => Math.max(2, Math.floor((processes + 2) / 4) + 1);

/** Accepts a run that owes a response for ever after it has settled. */
const CLAIM = `\
never {
waits:
  do
  :: !settled
  :: c_expr { hop_owes () } -> goto accept
  od;
accept:
  do
  :: c_expr { hop_owes () }
  od
}
`;

type Extra = {
  readonly declarations: readonly string[];
  readonly variables: readonly string[];
  readonly functions: readonly string[];
};

/** The text before the processes. @param extra - further declarations. */
function opening(
  model: TabulatedModel,
  about: readonly string[],
  extra?: Extra,
): readonly string[] {
  const { components, properties } = model;
  const names = namesIn(model);
  return [
    heading(about),
    '',
    declared([TYPES, ...tablesOf(model, 'hop_model')]),
    declaredState(components.length, properties.length, [
      '\\#define HOP (&hop_model)',
      ...(extra?.declarations ?? []),
    ]),
    ...components.map(
      ({ name, states }, i) => `${typeFor(states.length)} ${names[i]}; ${comment(name)}`,
    ),
    ...(extra?.variables ?? []),
    '',
    stepping(names, extra?.functions),
  ];
}

function optionOf(model: TabulatedModel, offer: number, condition = ''): string {
  const { component, event } = model.inputs[model.offers[offer]!]!;
  const enabled = `${condition}hop_enabled (${offer}, now.${namesIn(model)[component]})`;
  const about = comment(`${model.components[component]!.name}: ${event}`);
  return `${about}\n  ${taking(enabled, offer)}`;
}

const namesIn = ({ components }: TabulatedModel) =>
  identifiers(
    components.map(({ name }) => name),
    'at_',
  );
