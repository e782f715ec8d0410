/** Every state of each component, so that any position of a long story is found at once. */
import type { Reaction, State, Story, StoryStep } from '../../story/story.ts';

type Past = { readonly position: number; readonly state: State };

export type History = {
  /** After so many steps. */
  readonly stateAt: (component: string, position: number) => State;
  /** Before and after one reaction: a component may react more than once in a step. */
  readonly around: (position: number, reaction: number) => { before: State; after: State };
};

const NOTHING: State = { active: [], context: {} };

export function historyOf(story: Pick<Story, 'initial' | 'steps'>): History {
  const pasts = new Map<string, Past[]>();
  for (const [component, state] of Object.entries(story.initial))
    pasts.set(component, [{ position: 0, state }]);
  story.steps.forEach(({ reactions }, i) => {
    for (const { component, after } of reactions) {
      const past = pasts.get(component) ?? [{ position: 0, state: NOTHING }];
      pasts.set(component, past);
      past.push({ position: i + 1, state: after });
    }
  });
  const stateAt = (component: string, position: number): State =>
    lastUpTo(pasts.get(component) ?? [], position);
  return {
    stateAt,
    around(position, index) {
      const { reactions } = story.steps[position - 1]!;
      const { component, after } = reactions[index]!;
      const earlier = reactions.slice(0, index).findLast((one) => one.component === component);
      return { before: earlier?.after ?? stateAt(component, position - 1), after };
    },
  };
}

/** The last one. Positions ascend, and repeat where a component reacts twice in a step. */
function lastUpTo(past: readonly Past[], position: number): State {
  let [low, high] = [0, past.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (past[middle]!.position <= position) low = middle + 1;
    else high = middle;
  }
  return past[low - 1]?.state ?? NOTHING;
}

/**
 * The reaction that is shown first: of a component that decides, rather than of a wire or monitor.
 */
export function leadOf(step: StoryStep, story: Pick<Story, 'components'>): number {
  const roleOf = ({ component }: Reaction) =>
    story.components.find(({ name }) => name === component)?.role;
  const lead = step.reactions.findIndex((reaction) => {
    const role = roleOf(reaction);
    return role !== 'wire' && role !== 'monitor';
  });
  return Math.max(lead, 0);
}
