/**
 * A trace as a story for the people who run its hosts: one sentence a step, at times two.
 *
 * Each event of a step contributes clauses, or none where another event of the step has a better
 * one. Neighbouring clauses with the same subject are joined.
 */
import type { Delivery, Step, Trace } from '../checker/model/system.ts';
import type { Deployment } from '../machines/system/topology.ts';
import { SCHEMES } from './clauses/adversary-clauses.ts';
import type { Clause, ClauseWriters, Scene } from './clauses/clause.ts';
import { ARRIVALS } from './clauses/delivered-clauses.ts';
import { INSIDE } from './clauses/internal-clauses.ts';
import { OFFERS } from './clauses/offer-clauses.ts';
import { PROGRAMS } from './clauses/program-clauses.ts';
import { SIGNALS } from './clauses/signal-clauses.ts';
import { listed } from './clauses/words.ts';
import { Memory } from './memory.ts';
import { type Participants, participantsOf } from './participants.ts';

const CLAUSES: ClauseWriters = {
  ...OFFERS,
  ...SCHEMES,
  ...PROGRAMS,
  ...ARRIVALS,
  ...INSIDE,
  ...SIGNALS,
};

/** The types of all events and signals for which there are clauses. */
export const NARRATED: ReadonlySet<string> = new Set(Object.keys(CLAUSES));

/**
 * The story of a trace, a string a step. Unnumbered.
 *
 * @param deployment - of the trace. Null: the adversary's parties are inferred from the trace.
 * @throws TypeError for an event without clauses, and for a component that belongs to no party.
 */
export const sentencesOf = (
  trace: Trace,
  deployment: Deployment | null = null,
): readonly string[] => trace.map(narrator(participantsOf(trace, deployment)));

/**
 * Writes the sentence of one step after the other. Throws as above.
 *
 * @param memory - of the earlier steps; each step is added to it.
 */
export function narrator(
  participants: Participants,
  memory = new Memory(),
): (step: Step) => string {
  return (step) => {
    const sentence = sentenceOf(step, participants, memory);
    memory.note(step);
    return sentence;
  };
}

function sentenceOf(step: Step, participants: Participants, memory: Memory): string {
  const { component, event, deliveries } = step;
  const events: Delivery[] = [{ from: component, to: component, event }, ...deliveries];
  const clauses = events.flatMap((at) => clausesOf({ step, at, participants, memory }));
  // Only a machine with a fault does nothing.
  if (clauses.length === 0) return 'A message arrives, and no component reacts.';
  const asides = clauses.flatMap(({ aside }) => (aside === undefined ? [] : [` ${aside}`]));
  return `${joined(clauses)}.${asides.join('')}`;
}

function clausesOf(scene: Scene): readonly Clause[] {
  const { event } = scene.at;
  if (!NARRATED.has(event.type)) throw new TypeError(`no sentence is known for ${event.type}`);
  const write = CLAUSES[event.type as keyof ClauseWriters] as (
    event: unknown,
    scene: Scene,
  ) => readonly Clause[];
  return write(event, scene);
}

/** "a does this and that; b does that". After its user, a browser is "their browser". */
function joined(clauses: readonly Clause[]): string {
  const groups: { who: string; does: string[] }[] = [];
  for (const { who, does } of clauses) {
    const last = groups.at(-1);
    if (last?.who === who) last.does.push(does);
    else groups.push({ who, does: [does] });
  }
  return groups
    .map(({ who, does }, i) => {
      const subject = who === `${groups[i - 1]?.who}'s browser` ? 'their browser' : who;
      const predicate = listed(does);
      return predicate.startsWith(',') ? `${subject}${predicate}` : `${subject} ${predicate}`;
    })
    .join('; ');
}
