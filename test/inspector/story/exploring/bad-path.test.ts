/** Paths of exploration that cannot be taken: the error names the step and the reason. */
import { describe, expect, it } from 'vitest';
import { walker } from '../../../../checker/explore/walker.ts';
import {
  type Explorable,
  explorablesOf,
} from '../../../../inspector/story/exploring/explorable.ts';
import { BadPath, Explorer, explore } from '../../../../inspector/story/exploring/explore.ts';
import { deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../../properties/deployments/plain.ts';
import { numbers } from '../support/stories.ts';

const [article] = explorablesOf(deploymentOf(ARTICLE, 'NTLM')) as [Explorable];

describe('a path that cannot be taken', () => {
  const failure = (path: readonly number[]) => {
    try {
      explore(article, path);
    } catch (error) {
      return error;
    }
    throw new Error(`the path ${path.join('.')} was taken`);
  };

  it('names the step, the number and the reason: there is no such offer', () => {
    const error = failure([99]);
    expect(error).toBeInstanceOf(BadPath);
    expect(error).toMatchObject({ step: 1, index: 99 });
    expect(String(error)).toMatch(
      /step 1, offer 99: there is no such offer; offers have the numbers 0 to \d+/,
    );
  });

  it('or the component cannot do it now', () => {
    const wire = walker(article.system).offers.findIndex(
      ({ event }) => event.type === 'wire.deliver',
    );
    expect(String(failure([0, wire, wire, wire, wire, wire, wire]))).toMatch(
      /step \d, offer \d+: .*\/wire, in up.quiet, cannot take wire\.deliver/,
    );
  });

  it('or its receiver refuses', () => {
    const explorer = new Explorer(article);
    for (const choice of numbers(500)) {
      const { enabled, refused, path } = explorer.exploration;
      const [first] = refused;
      if (first === undefined) {
        explorer.take(enabled[choice % enabled.length]!.index);
        continue;
      }
      expect(String(failure([...path, first.index]))).toContain(
        `step ${path.length + 1}, offer ${first.index}: it cannot be taken here: ${first.label}`,
      );
      return;
    }
    throw new Error('no offer was refused');
  });

  it.each([[-1], [0.5], [Number.NaN]])('%d is no number of an offer', (index) => {
    expect(failure([index])).toBeInstanceOf(BadPath);
  });
});
