/**
 * A proof as SMT-LIB, for solvers that know nothing of this project.
 *
 * The registers of an arbitrary group are free constants of uninterpreted sorts: any names
 * whatever. For each view, and for each thing that can happen in it, a solver is asked:
 *
 * - coverage: it happens in a way that no path covers, which has to be unsat;
 * - consecution: some path leads out of the views or breaks a letter, which has to be unsat;
 * - consistency: it happens on some path, which has to be sat, or else nothing was proved.
 *
 * The first question is about the network as a whole: that a step of one group changes no other.
 *
 * @source Barrett, Fontaine and Tinelli, The SMT-LIB Standard 2.6
 */
import { FRAME } from './frame.ts';
import type { Happening } from './letters.ts';
import type { Network, Taken } from './network.ts';
import type { Partition } from './partition.ts';
import { type Condition, type Explored, isText, type Term } from './path.ts';
import { SmtTerms } from './smt-terms.ts';
import type { View } from './step.ts';

export type Answer = 'sat' | 'unsat';

export type Certificate = {
  /** SMT-LIB. A solver prints an answer and then the one that is expected, line by line. */
  readonly lines: readonly string[];
  readonly expected: readonly Answer[];
  readonly paths: number;
};

/** What a test leaves out of a certificate, to see that a solver notices. */
export type Tampering = {
  readonly dropsAssumption: (formula: string) => boolean;
  readonly losesPath: (nth: number) => boolean; // from 0, over the whole certificate
};

const UNTAMPERED: Tampering = { dropsAssumption: () => false, losesPath: () => false };

const not = (formula: string) => `(not ${formula})`;
const joined = (operator: 'and' | 'or', formulas: readonly string[]): string => {
  const some = [...new Set(formulas)];
  if (some.length > 1) return `(${operator} ${some.join(' ')})`;
  return some[0] ?? (operator === 'and' ? 'true' : 'false');
};

/** @param network - closed. @throws TypeError where a path leads out of the views. */
export function certificateOf(network: Network, tampering = UNTAMPERED): Certificate {
  const writer = new Writer(network, tampering);
  for (const view of network.views.values())
    for (const happening of network.happenings(view)) writer.situation(view, happening);
  const { texts, sorts, logic } = writer.terms;
  return {
    lines: [`(set-logic ${logic})`, ...FRAME, ...sorts(), ...texts(), ...writer.body],
    expected: ['unsat', ...writer.expected],
    paths: writer.paths,
  };
}

class Writer {
  readonly terms: SmtTerms;
  readonly body: string[] = [];
  readonly expected: Answer[] = [];
  paths = 0;
  readonly #network: Network;
  readonly #tampering: Tampering;

  constructor(network: Network, tampering: Tampering) {
    this.#network = network;
    this.terms = new SmtTerms(network.kinds.functions);
    this.#tampering = tampering;
  }

  situation(view: View, happening: Happening): void {
    const all = [...this.#network.stepsIn(view, happening)];
    const { terms } = this;
    terms.begin();
    this.#declare(view, happening);
    const supposed = all
      .map(({ path }) => path.supposed)
      .reduce((a, b) => (b.length > a.length ? b : a));
    const assumed = supposed.map((condition) => this.#formula(condition));
    const found = all.filter(
      ({ result }) => result !== null && !this.#tampering.losesPath(this.paths++),
    );
    const covers = found.map(({ path }) => this.#conditions(path.conditions));
    const breaks = found.flatMap((taken, i) => this.#breaks(taken, covers[i]!));
    const { event, part, letter } = happening;
    this.body.push(
      `; ${view.key}: ${part.name} ${letter === null ? 'takes' : 'hears'} ${event.text}`,
      '(push 1)',
      ...terms.declarations(this.#network.kinds.names.values),
      ...[...new Set(assumed)]
        .filter((formula) => !this.#tampering.dropsAssumption(formula))
        .map((formula) => `(assert ${formula})`),
    );
    const cases = joined('or', covers);
    if (found.length === 0) this.#ask('unsat', 'true');
    else {
      this.#ask('unsat', not(cases));
      if (breaks.length > 0) this.#ask('unsat', joined('or', breaks));
      this.#ask('sat', cases);
    }
    this.body.push('(pop 1)');
  }

  #declare({ kind, controls }: View, { letter, event }: Happening): void {
    for (const [role, sort] of kind.roles) this.terms.known(`@${role}`, sort);
    for (const [i, { name, rules }] of kind.parts.entries())
      for (const [at, sort] of rules.controls[controls[i]!]!.sorts)
        this.terms.known(`${name}.${at}`, sort);
    for (const { term, sort } of event.holes.values()) this.terms.known(term, sort);
    for (const [at, sort] of letter?.sorts ?? [])
      if (at.startsWith('@')) this.terms.known(at, sort);
  }

  /** How a path breaks what is claimed. None: it is refused, and nothing happens. */
  #breaks({ result }: Explored<Taken>, when: string): readonly string[] {
    if (!result?.enabled) return [];
    const { step } = result;
    const after = this.#network.views.get(this.#network.keyAfter(step));
    if (after === undefined) throw new TypeError('a path leads out of the views');
    const held = this.#network.held(step);
    const goals = this.#goals(after.same, (register) => held.get(register)?.term ?? register);
    for (const { letter, holding } of this.#network.posted(step)) {
      if (!this.#network.letters.has(letter.key)) throw new TypeError('a path posts a new letter');
      for (const { term, sort } of holding.values())
        if (term.startsWith('from:')) this.terms.known(term, sort);
      goals.push(...this.#goals(letter.same, (register) => holding.get(register)!.term));
    }
    return goals.length === 0 ? [] : [joined('and', [when, not(joined('and', goals))])];
  }

  #goals(same: Partition, termOf: (register: string) => Term): string[] {
    return [...same].map(([register, first]) =>
      this.terms.equal(termOf(register), isText(first) ? first : termOf(first)),
    );
  }

  #conditions(conditions: readonly Condition[]): string {
    return joined(
      'and',
      conditions.map((condition) => this.#formula(condition)),
    );
  }

  #formula({ same: [one, other], holds }: Condition): string {
    const equal = this.terms.equal(one, other);
    return holds ? equal : not(equal);
  }

  #ask(answer: Answer, formula: string): void {
    this.body.push(
      '(push 1)',
      `(assert ${formula})`,
      '(check-sat)',
      `(echo "${answer}")`,
      '(pop 1)',
    );
    this.expected.push(answer);
  }
}
