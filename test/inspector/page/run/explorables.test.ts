/** From a story into exploring by hand, and along paths that branch. */
import { describe, expect, it } from 'vitest';
import { explorablesIn, Guide, wayTo } from '../../../../inspector/page/run/explorables.ts';
import { explore } from '../../../../inspector/story/exploring/explore.ts';
import type { Story } from '../../../../inspector/story/story.ts';
import { BASIC, faultOf, NTLM, verdictIn } from '../../story/support/verdicts.ts';
import { confinement, entryFor, storyFor } from '../page-stories.ts';

const [whole] = explorablesIn(BASIC, null);
const { path } = wayTo(confinement, 7);

const offersIn = ({ steps }: Story) =>
  steps.map(({ reactions: [offer] }) => [offer!.component, offer!.event]);

describe('the way from a story', () => {
  it('leads to where its steps were taken, and is as long as they are many', () => {
    const { story, claims } = explore(whole!, path);
    expect(offersIn(story)).toEqual(offersIn(storyFor(confinement)));
    expect(claims.find(({ id }) => id === 'confinement')).toMatchObject({
      state: 'violated',
      since: 7,
    });
    expect(wayTo(confinement, 3)).toEqual({
      on: BASIC.name,
      fault: null,
      about: 'deployment',
      path: path.slice(0, 3),
    });
  });

  it('of a server alone leads to the exploration of that server', () => {
    const entry = entryFor('server-accepts', NTLM);
    expect(wayTo(entry, 1).about).toMatch(/^server-\d+$/);
  });

  it('with a fault leads to the step that shows it, and has no path without the fault', () => {
    const fault = faultOf('token-keeps-password');
    const { id, deployment } = fault;
    const entry = {
      ref: { claim: 'confinement', on: deployment.name, fault: id, file: null },
      verdict: verdictIn('confinement', deployment, fault),
      deployment,
      isRemedy: false,
    };
    const steps = entry.verdict.trace!.length;
    const { about, path, ...where } = wayTo(entry, steps);
    expect(where).toEqual({ on: deployment.name, fault: id });
    const explored = explorablesIn(deployment, id).find((one) => one.id === about)!;
    expect(explore(explored, path).claims).toContainEqual(
      expect.objectContaining({ id: 'confinement', state: 'violated', since: steps }),
    );
    const honest = explorablesIn(deployment, null).find((one) => one.id === about)!;
    expect(explore(honest, path).claims).toContainEqual(
      expect.objectContaining({ id: 'confinement', state: 'holds so far' }),
    );
  });

  it('is an error where the deployment does not take the steps', () => {
    const trace = [{ component: 'nobody', event: { type: 'user.visits' }, deliveries: [] }];
    const entry = { ...confinement, verdict: { ...confinement.verdict, trace } };
    expect(() => wayTo(entry, 1)).toThrow('article (Basic) cannot take these steps');
  });
});

describe('a guide', () => {
  it('is, after any other path, where the path alone leads', () => {
    const guide = new Guide(whole!);
    const other = explore(whole!, path.slice(0, 2)).enabled.find(({ index }) => index !== path[2])!;
    for (const one of [path, path.slice(0, 4), [...path.slice(0, 2), other.index], path, []])
      expect(guide.lead(one)).toEqual(explore(whole!, one));
  });

  it('can be led on after a path that cannot be taken', () => {
    const guide = new Guide(whole!);
    guide.lead(path.slice(0, 2));
    expect(() => guide.lead([...path.slice(0, 3), 999])).toThrow('there is no such offer');
    expect(guide.lead(path.slice(0, 5))).toEqual(explore(whole!, path.slice(0, 5)));
  });
});
