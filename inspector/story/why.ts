/** The guards that allowed a story to reach its end. */
import type { Signal } from '../../machines/vocabulary/signals.ts';
import { listed } from '../../story/clauses/words.ts';
import type { Reaction, Story, StoryStep } from './story.ts';

export type GuardAnswer = {
  readonly component: string;
  readonly name: string;
  readonly held: boolean;
  readonly step: number; // from 1
};

export type Why = {
  readonly sentence: string;
  /**
   * In order. Of the parties, the guards that were true; of an accepting server, those that could
   * have refused, where none was true; of the violated monitor, all.
   */
  readonly guards: readonly GuardAnswer[];
};

/** Guards of the last step, of acceptances, and of proofs by another client than the user's own. */
export function whyOf({ components, steps }: Story): Why {
  const monitors = new Set(
    components.filter(({ role }) => role === 'monitor').map(({ name }) => name),
  );
  const violated = violatedIn(steps, monitors);
  const guards = steps.flatMap((step, index) => {
    const [provers, acceptors] = [proversIn(step), acceptorsIn(step)];
    const isLast = index === steps.length - 1;
    return step.reactions.flatMap((reaction) => {
      const { component } = reaction;
      const answers = answersOf(reaction, index + 1);
      if (violated.has(component)) return answers;
      if (monitors.has(component) || !(isLast || provers.has(component))) return [];
      const held = answers.filter((answer) => answer.held);
      const isFirst = step.reactions.find((one) => one.component === component) === reaction;
      return held.length === 0 && isFirst && acceptors.has(component) ? answers : held;
    });
  });
  const parties = new Map(components.map(({ name, party }) => [name, party]));
  const told = guards
    .filter(({ component }) => !monitors.has(component))
    .map(({ component, name, held, step }) => ({
      text: `${name} at ${parties.get(component)} (step ${step})`,
      held,
    }));
  const named = (which: boolean) => [
    ...new Set(told.flatMap(({ text, held }) => (held === which ? [text] : []))),
  ];
  return { sentence: sentenceOf(named(true), named(false)), guards };
}

function proversIn({ signals }: StoryStep): ReadonlySet<string> {
  const proving = signals.filter(({ event }) => {
    const claim = event as Signal; // the only ones there are
    return claim.type === 'commit' || (claim.type === 'running' && claim.by !== claim.user);
  });
  return new Set(proving.map(({ from }) => from));
}

const acceptorsIn = ({ signals }: StoryStep): ReadonlySet<string> =>
  new Set(signals.flatMap(({ from, event }) => (event.type === 'commit' ? [from] : [])));

const answersOf = ({ component, guards }: Reaction, step: number): readonly GuardAnswer[] =>
  guards.map(({ name, held }) => ({ component, name, held, step }));

function violatedIn(
  steps: readonly StoryStep[],
  monitors: ReadonlySet<string>,
): ReadonlySet<string> {
  const isViolated = ({ component, after: { active } }: Reaction) =>
    monitors.has(component) && active.some((id) => id.endsWith('.violated'));
  const last = steps.at(-1)?.reactions ?? [];
  return new Set(last.filter(isViolated).map(({ component }) => component));
}

function sentenceOf(held: readonly string[], failed: readonly string[]): string {
  const parts = [
    ...(held.length > 0 ? [`${guardsNamed(held)} true: ${listed(held)}`] : []),
    ...(failed.length > 0 ? [`${guardsNamed(failed)} false: ${listed(failed)}`] : []),
  ];
  return parts.length === 0
    ? 'No guard had to be true for this step.'
    : `This was possible because ${parts.join('; and because ')}.`;
}

const guardsNamed = ({ length }: readonly string[]) =>
  length === 1 ? 'a guard was' : 'these guards were';
