/** What the laboratory needs, and that CI installs it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../cli/package.ts';
import { LAB_PACKAGES, missing, REQUIREMENTS, type Requirement } from '../../lab/requirements.ts';
import { lacksOf } from './support/in-lab.ts';

const ABSENT: Requirement = {
  name: 'a thing',
  isThere: () => false,
  package: 'thing',
  provides: 'apt-get install thing',
};

describe('a requirement', () => {
  it('that is missing is named with what provides it', () => {
    const needs = [REQUIREMENTS.linux, ABSENT, ABSENT];
    expect(missing(needs)).toEqual([ABSENT, ABSENT]);
    expect(lacksOf(needs)).toBe('a thing is missing: apt-get install thing');
  });

  it.each(Object.entries(REQUIREMENTS))('%s says which command provides it', (_, needed) => {
    if (needed.package === null) expect(needed.provides).toMatch(/^run it /);
    else expect(needed.provides).toMatch(new RegExp(`^apt-get install .* ${needed.package}$`));
  });

  it.each(['.ci/run', 'lab/README.md'])('is a package that %s installs', (path) => {
    const words = readFileSync(join(packageRoot, path), 'utf8').split(/\s+/);
    expect(LAB_PACKAGES.filter((name) => !words.includes(name))).toEqual([]);
  });
});
