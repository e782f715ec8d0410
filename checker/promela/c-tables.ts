/** The tables of a model as declarations of C. */

import { comment, quoted } from './names.ts';
import type { DecisionTable, ModelCell, ModelProperty, TabulatedModel } from './tabulated-model.ts';

/** The types of the tables. Their prefixes keep them apart from the verifier's own names. */
export const TYPES = `\
\\#define HOP_HOLE -1     /* never met by the search, which a verifier that needs it contradicts */
\\#define HOP_REFUSED -2  /* the step is not enabled; a monitor stays as it is */
\\#define HOP_ALWAYS 0
\\#define HOP_SOMETIMES 1
\\#define HOP_OTHER 2     /* a kind that no single state decides */
typedef struct {
  const char *name;
  int is_monitor;
  const char *const *states;
} HopComponent;
typedef struct {
  int component;
  const short *next;             /* by state */
  const short *const *effects;   /* by state: their number, then inputs; null where all are none */
  const char *event;
} HopInput;
typedef struct {
  const char *name;
  int kind;
  int reads_count;
  const short *reads;            /* components */
  const void *decision;          /* by state of the first read, and so on */
} HopProperty;
typedef struct {
  int offers_count, properties_count;
  const HopComponent *components;
  const HopInput *const *inputs;
  const short *offers;           /* inputs */
  const HopProperty *properties;
} HopModel;`;

const KIND: Readonly<Record<ModelProperty['kind'], string>> = {
  always: 'HOP_ALWAYS',
  sometimes: 'HOP_SOMETIMES',
  reachable: 'HOP_OTHER',
  response: 'HOP_OTHER',
};

/** @returns declarations of C, a line or two each. The last is that of the `HopModel` `name`. */
export function tablesOf(model: TabulatedModel, name: string): readonly string[] {
  const { components, inputs, offers, properties } = model;
  const tables = new Declarations(name);
  const inputNames = inputs.map(({ component, event, cells }, input) => {
    const { name: owner } = components[component]!;
    const next = tables.shared('short', cells.map(nextOf));
    const effects = cells.some(hasEffects)
      ? tables.shared(
          'short *const',
          cells.map((cell) => effectsOf(cell, tables)),
        )
      : '0';
    const fields = [component, next, effects, quoted(event)].join(', ');
    return `&${tables.own(`HopInput`, `input_${input}`, `{ ${fields} }`, `${owner}: ${event}`)}`;
  });
  const componentRows = components.map(({ name: owner, isMonitor, states }) => {
    const texts = tables.shared(
      'char *const',
      states.map((state) => tables.text(state)),
    );
    return `{ ${quoted(owner)}, ${isMonitor ? 1 : 0}, ${texts} }`;
  });
  const propertyRows = properties.map(({ name: owner, kind, reads, decision }) => {
    const read = tables.shared('short', reads.length > 0 ? reads : [0]);
    const table = tables.decision(reads.length === 0 ? [decision] : decision, reads.length || 1);
    return `{ ${quoted(owner)}, ${KIND[kind]}, ${reads.length}, ${read}, ${table} }`;
  });
  const list = (type: string, what: string, items: readonly string[]) =>
    tables.own(type, `${what}[]`, `{\n  ${(items.length > 0 ? items : ['0']).join(',\n  ')}\n}`);
  const parts = [
    list('HopComponent', 'components', componentRows),
    list('HopInput *const', 'inputs', inputNames),
    list('short', 'offers', offers.map(String)),
    list('HopProperty', 'properties', propertyRows.length > 0 ? propertyRows : ['{ 0 }']),
  ];
  const counts = [offers.length, properties.length];
  return [
    ...tables.lines,
    `static const HopModel ${name} = { ${[...counts, ...parts].join(', ')} };`,
  ];
}

const nextOf = (cell: ModelCell): number | string =>
  cell === 'hole' ? -1 : cell === 'refused' ? -2 : cell.next;

const hasEffects = (cell: ModelCell) => typeof cell === 'object' && cell.effects.length > 0;

const effectsOf = (cell: ModelCell, tables: Declarations): string =>
  typeof cell === 'object' && cell.effects.length > 0
    ? tables.shared('short', [cell.effects.length, ...cell.effects])
    : '0';

/** Declarations in order. Equal tables are declared once. */
class Declarations {
  readonly lines: string[] = [];
  readonly #prefix: string;
  readonly #known = new Map<string, string>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** @returns the name of an array of these items. */
  shared(type: string, items: readonly (number | string)[]): string {
    return this.#once(type, `{ ${items.join(', ')} }`);
  }

  /** @returns the name of a string. */
  text(text: string): string {
    return this.#once('char', quoted(text));
  }

  #once(type: string, value: string): string {
    const known = this.#known.get(type + value);
    if (known !== undefined) return known;
    const name = this.own(type, `t${this.#known.size}[]`, value);
    this.#known.set(type + value, name);
    return name;
  }

  /** @returns the name, without the brackets of an array. */
  own(type: string, name: string, value: string, about?: string): string {
    const head = about === undefined ? '' : `${comment(about)}\n`;
    this.lines.push(`${head}static const ${type} ${this.#prefix}_${name} = ${value};`);
    return `${this.#prefix}_${name.replace('[]', '')}`;
  }

  /** @param levels - how many components' states decide. */
  decision(decision: DecisionTable, levels: number): string {
    const nodes = decision as readonly DecisionTable[];
    if (levels === 1) {
      return this.shared(
        'signed char',
        nodes.map((held) => (held === null ? -1 : held ? 1 : 0)),
      );
    }
    const children = nodes.map((node) => (node === null ? '0' : this.decision(node, levels - 1)));
    return this.shared('void *const', children);
  }
}
