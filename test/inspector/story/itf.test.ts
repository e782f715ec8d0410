/** Stories in the Informal Trace Format keep its rules, and say what the story says. */
import { describe, expect, it } from 'vitest';
import { itfOf } from '../../../inspector/story/itf.ts';
import { leavesOf } from '../../../inspector/story/protocol/state-value.ts';
import type { Story } from '../../../inspector/story/story.ts';
import { storyOf } from '../../../inspector/story/verdict-story.ts';
import { storyOfPinned } from './support/stories.ts';
import { CATALOGUE, isSmall, NTLM, titleOf, verdictIn } from './support/verdicts.ts';

/** Why the value is no expression of the format (ADR-015), or null. */
function fault(value: unknown): string | null {
  if (typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? null : `number ${value}`;
  if (Array.isArray(value)) return value.map(fault).find((found) => found !== null) ?? null;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value);
  const [name, inner] = fields[0] ?? ['', undefined];
  if (!name.startsWith('#')) {
    const marked = fields.find(([field]) => field.startsWith('#'));
    return marked ? `a record with ${marked[0]}` : fault(Object.values(value));
  }
  if (fields.length > 1) return `${name} beside others`;
  if (name === '#tup' || name === '#set') return Array.isArray(inner) ? fault(inner) : name;
  if (name === '#bigint') return /^-?\d+$/.test(String(inner)) ? null : name;
  return name;
}

describe('a story in the Informal Trace Format', () => {
  it.each(CATALOGUE.filter(isSmall).map((pinned) => [titleOf(pinned), pinned] as const))(
    'of %s has a value of the format for every variable in every state',
    (_, pinned) => {
      const story = storyOfPinned(pinned);
      const itf = JSON.parse(JSON.stringify(itfOf(story))) as ReturnType<typeof itfOf>;
      expect(new Set(itf.vars).size).toBe(itf.vars.length);
      for (const variable of itf.vars) expect(variable).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/);
      expect(itf.states).toHaveLength(story.steps.length + 1);
      itf.states.forEach((state, index) => {
        expect(state['#meta']).toEqual({ index });
        const { '#meta': _, ...values } = state;
        expect(Object.keys(values).sort()).toEqual([...itf.vars].sort());
        for (const [variable, value] of Object.entries(values))
          expect([variable, fault(value)]).toEqual([variable, null]);
      });
    },
  );

  it('shows where each component is, after each step', () => {
    const story = storyOf(verdictIn('prompt-loop', NTLM), NTLM, null);
    const { states, vars } = itfOf(story);
    const at = new Map(Object.entries(story.initial));
    story.steps.forEach(({ sentence, reactions }, i) => {
      for (const { component, after } of reactions) at.set(component, after);
      const state = states[i + 1]!;
      expect(state.action).toBe(sentence);
      expect(state.step).toBe(i + 1);
      story.components.forEach(({ name, machine }, n) => {
        const chart = story.charts.find((one) => one.machine === machine)!;
        const leaves = leavesOf(chart, at.get(name)!.active).join(', ');
        expect(state[vars[n + 2]!]).toMatchObject({ state: leaves });
      });
    });
    expect(vars).toContain('alice_to_frontEnd_1_server');
    expect(vars).toContain('alice_at_frontEnd');
  });
});

describe('what the format has no word for', () => {
  const story = storyOfPinned(CATALOGUE[0]!);
  const [first] = story.components;
  const holding = (context: unknown): Story => ({
    ...story,
    components: [
      { ...first!, name: 'step' },
      { ...first!, name: '步' },
      { ...first!, name: '歩' },
    ],
    initial: Object.fromEntries(
      ['step', '步', '歩'].map((name) => [name, { ...story.initial[first!.name]!, context }]),
    ),
    steps: [],
  });

  it.each([
    [null, { '#tup': [] }],
    [
      { '#map': 1, none: undefined },
      { _map: 1, none: { '#tup': [] } },
    ],
    [
      [0.5, 2 ** 60, -3],
      ['0.5', { '#bigint': '1152921504606846976' }, -3],
    ],
  ])('%j becomes %j', (context, expected) => {
    const { states, vars } = itfOf(holding(context));
    expect(states[0]?.[vars[2]!]).toMatchObject({ context: expected });
  });

  it('is a name with other letters: it gets one, and no two get the same', () => {
    expect(itfOf(holding(null)).vars).toEqual(['step', 'action', 'step_2', 'c__', 'c___2']);
  });
});
