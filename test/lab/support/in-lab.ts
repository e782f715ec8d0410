/**
 * Tests that need software of others. Where some of it is missing they are left out, and their name
 * says what provides it; in CI that is an error.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from '../../../lab/lab.ts';
import { inCi, missing, type Requirement } from '../../../lab/requirements.ts';

/** One for each file of tests: what takes long to start is shared by all of them. */
let lab: Lab | undefined;
afterAll(async () => {
  await lab?.stop();
});

export function sharedLab(): Lab {
  lab ??= openLab();
  return lab;
}

/** The missing ones of `needs`, with the commands that provide them. Empty: none. */
export const lacksOf = (needs: readonly Requirement[]): string =>
  [...new Set(missing(needs))]
    .map(({ name, provides }) => `${name} is missing: ${provides}`)
    .join('; ');

/**
 * A `describe` of tests that need what may be missing.
 *
 * @param body - declares them; in the laboratory nothing runs before they do.
 */
export function describeInLab(
  name: string,
  needs: readonly Requirement[],
  body: (lab: () => Lab) => void,
): void {
  const lacks = lacksOf(needs);
  if (lacks !== '' && inCi)
    describe(name, () => {
      it('has all it needs', () => {
        expect(lacks).toBe('');
      });
    });
  else
    describe.skipIf(lacks !== '')(lacks === '' ? name : `${name} (${lacks})`, () =>
      body(sharedLab),
    );
}
