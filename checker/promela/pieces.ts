/** The parts of a Promela text that all models share. */
import { STATE, STEP } from './engine.ts';
import { declared } from './names.ts';

/** SPIN's smallest types, and how many states each can tell apart. */
export const typeFor = (states: number) => (states <= 256 ? 'byte' : 'short');

/**
 * The declarations of the model that the step in C needs.
 *
 * @param width - components.
 * @param lines - declare `HOP`, a pointer to a `HopModel`.
 */
export const declaredState = (width: number, properties: number, lines: readonly string[]) =>
  declared([
    `\\#define HOP_WIDTH ${width}`,
    `\\#define HOP_PROPERTIES ${properties + 1}`, // an array of C is never empty
    ...lines,
    STATE,
  ]);

/** The step in C. @param names - the variables of the components. */
export const stepping = (names: readonly string[], more: readonly string[] = []) =>
  [
    'c_code {',
    'static void hop_load(void) {',
    ...names.map((name, i) => `  hop_state[${i}] = now.${name};`),
    '}',
    'static void hop_store(void) {',
    ...names.map((name, i) => `  now.${name} = hop_state[${i}];`),
    '}',
    STEP,
    ...more,
    '}',
  ].join('\n');

/** One offer. SPIN refuses a call in an expression, unless a blank is before its bracket. */
export const taking = (enabled: string, offer: number) =>
  `:: d_step { c_expr { ${enabled} } -> c_code { hop_take(${offer}); } }`;

/** @param options - the options of the process's loop. */
export const looping = (name: string, options: readonly string[]) =>
  [
    `active proctype ${name}() {`,
    '  do',
    ...options.map((option) => `  ${option}`),
    '  od',
    '}',
    '',
  ].join('\n');

/** The first option. It checks every state once, and is enabled only if the state is bad. */
export const CHECKING = ':: c_expr { hop_found () } -> assert(false)';
