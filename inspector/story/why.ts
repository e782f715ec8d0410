/** Why a story could come to its end: the guards that let it. */
import type { Claim } from '../../machines/messages.ts';
import type { Reaction, Story, StoryStep } from './story.ts';

export type GuardAnswer = {
  readonly component: string;
  readonly name: string;
  readonly held: boolean;
  readonly step: number; // from 1
};

export type Why = {
  readonly sentence: string;
  /** In order. Of the parties those that held; of the monitor that is violated, all. */
  readonly guards: readonly GuardAnswer[];
};

/** Of the last step, of acceptances, and of proofs that were not made by the user's own client. */
export function whyOf({ components, steps }: Story): Why {
  const monitors = new Set(
    components.filter(({ role }) => role === 'monitor').map(({ name }) => name),
  );
  const violated = violatedIn(steps, monitors);
  const guards = steps.flatMap((step, index) => {
    const provers = proversIn(step);
    const isLast = index === steps.length - 1;
    return step.reactions.flatMap((reaction) => {
      const { component } = reaction;
      const answers = answersOf(reaction, index + 1);
      if (violated.has(component)) return answers;
      const isAsked = !monitors.has(component) && (isLast || provers.has(component));
      return isAsked ? answers.filter(({ held }) => held) : [];
    });
  });
  const parties = new Map(components.map(({ name, party }) => [name, party]));
  const told = guards
    .filter(({ component }) => !monitors.has(component))
    .map(({ component, name, step }) => `${name} at ${parties.get(component)} (step ${step})`);
  return { sentence: sentenceOf([...new Set(told)]), guards };
}

function proversIn({ claims }: StoryStep): ReadonlySet<string> {
  const proving = claims.filter(({ event }) => {
    const claim = event as Claim; // the only ones there are
    return claim.type === 'commit' || (claim.type === 'running' && claim.by !== claim.user);
  });
  return new Set(proving.map(({ from }) => from));
}

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

function sentenceOf(guards: readonly string[]): string {
  if (guards.length === 0) return 'No guard had to be true for this.';
  if (guards.length === 1) return `It came to this because a guard was true: ${guards[0]}.`;
  const listed = `${guards.slice(0, -1).join(', ')} and ${guards.at(-1)}`;
  return `It came to this because these guards were true: ${listed}.`;
}
