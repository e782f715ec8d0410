/** A component's context before and after a step, leaf by leaf. */

export type Change = 'same' | 'changed' | 'added' | 'removed';

/** Texts are JSON on one line. Null: there is no such leaf on that side. */
export type Difference = {
  readonly path: string; // "offered.connection"
  readonly change: Change;
  readonly before: string | null;
  readonly after: string | null;
};

/**
 * In the order of `after`, then the removed ones. Objects are opened. Lists are leaves: most are
 * short, and one line is clearer than their indices.
 */
export function differences(before: unknown, after: unknown): readonly Difference[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  const present = [...now].map(([path, text]): Difference => {
    const was = old.get(path) ?? null;
    const change = was === null ? 'added' : was === text ? 'same' : 'changed';
    return { path, change, before: was, after: text };
  });
  const gone = [...old]
    .filter(([path]) => !now.has(path))
    .map(([path, text]): Difference => ({ path, change: 'removed', before: text, after: null }));
  return [...present, ...gone];
}

const isOpen = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function leavesOf(context: unknown): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const visit = (path: string, value: unknown): void => {
    if (isOpen(value) && Object.keys(value).length > 0) {
      for (const [key, inner] of Object.entries(value))
        visit(path === '' ? key : `${path}.${key}`, inner);
    } else if (value !== undefined && !(path === '' && isOpen(value))) {
      leaves.set(path === '' ? 'value' : path, JSON.stringify(value) ?? String(value));
    }
  };
  visit('', context);
  return leaves;
}
