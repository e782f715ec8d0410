/**
 * A trace as a story for whoever runs the hosts in it: one sentence a step, now and then two.
 *
 * Each event of a step has a teller, which says who does what, or nothing where another event of
 * the step says it better. Neighbouring clauses of one subject are joined.
 */
import type { Delivery, Step, Trace } from '../checker/model/system.ts';
import type { Deployment } from '../machines/system/topology.ts';
import { Memory } from './memory.ts';
import { type Participants, participantsOf } from './participants.ts';
import { ARRIVALS } from './tellers/delivered-messages.ts';
import type { Clause, Scene, Tellers } from './tellers/teller.ts';
import { OFFERS } from './tellers/told-offers.ts';
import { PROGRAMS } from './tellers/told-programs.ts';
import { SCHEMES } from './tellers/told-schemes.ts';
import { CLAIMS } from './tellers/told-signals.ts';
import { INSIDE } from './tellers/within-a-party.ts';
import { listed } from './tellers/words.ts';

const TELLERS: Tellers = {
  ...OFFERS,
  ...SCHEMES,
  ...PROGRAMS,
  ...ARRIVALS,
  ...INSIDE,
  ...CLAIMS,
};

/** The types of all events and claims that a story can be made of. */
export const TOLD: ReadonlySet<string> = new Set(Object.keys(TELLERS));

/**
 * The story of a trace, a string a step. Unnumbered.
 *
 * @param deployment - of the trace. Without it, who is the adversary's is read off the trace.
 * @throws TypeError for an event that has no teller, and for a component that is nobody's.
 */
export const tellStory = (trace: Trace, deployment: Deployment | null = null): readonly string[] =>
  trace.map(teller(participantsOf(trace, deployment)));

/**
 * Tells one step after the other, each in the light of those before it. Throws as above.
 *
 * @param memory - of the steps told before; the teller goes on filling it.
 */
export function teller(participants: Participants, memory = new Memory()): (step: Step) => string {
  return (step) => {
    const sentence = tellStep(step, participants, memory);
    memory.note(step);
    return sentence;
  };
}

function tellStep(step: Step, participants: Participants, memory: Memory): string {
  const { component, event, deliveries } = step;
  const events: Delivery[] = [{ from: component, to: component, event }, ...deliveries];
  const clauses = events.flatMap((at) => tell({ step, at, participants, memory }));
  // Only a machine with a part of it left out falls silent.
  if (clauses.length === 0) return 'A message arrives, and nobody does anything about it.';
  const asides = clauses.flatMap(({ aside }) => (aside === undefined ? [] : [` ${aside}`]));
  return `${joined(clauses)}.${asides.join('')}`;
}

function tell(scene: Scene): readonly Clause[] {
  const { event } = scene.at;
  if (!TOLD.has(event.type)) throw new TypeError(`no sentence is known for ${event.type}`);
  const teller = TELLERS[event.type as keyof Tellers] as (
    event: unknown,
    scene: Scene,
  ) => readonly Clause[];
  return teller(event, scene);
}

/** "a does this and that; b does that". A browser whose user was just named is theirs. */
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
