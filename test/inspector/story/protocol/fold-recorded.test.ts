/** A source that tells its own story, beside the official messages, is believed where it fits. */
import { describe, expect, it } from 'vitest';
import { officialEvents } from '../../../../inspector/story/protocol/official.ts';
import { systemOf } from '../../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../../properties/deployments/plain.ts';
import { folded } from '../support/folded.ts';
import { numbers, walked } from '../support/stories.ts';

const deployment = deploymentOf(ARTICLE, 'NTLM');
const { story: RUN } = walked({ deployment, system: systemOf(deployment) }, numbers(120));
const MESSAGES = officialEvents(RUN);

describe('a source that tells its own story', () => {
  const { steps, ...header } = RUN;
  const ours = [
    { type: '@double-hop.story', _version: '0.7.2', story: header },
    ...steps.map((step) => ({ type: '@double-hop.step', _version: '0.7.2', step })),
  ];

  it('is believed, and its official messages are counted only', () => {
    const fold = folded([...MESSAGES.slice(0, 30), ...ours, ...MESSAGES.slice(30)]);
    expect(fold.story).toEqual({ ...RUN, cost: fold.story.cost });
    expect(fold.story.cost).toContain('token for alice');
    expect([fold.official, fold.unread]).toEqual([MESSAGES.length, 0]);
  });

  it('is refused before the header, and for an unknown component', () => {
    const stranger = { ...steps[0]!, notes: [{ party: 'mallory', text: 'was here' }] };
    const fold = folded([
      ours[1],
      ours[0],
      { type: '@double-hop.step', step: stranger },
      { type: '@double-hop.step', step: { ...steps[0], reactions: [] } },
      { type: '@double-hop.story', story: { ...header, charts: [] } },
      ours[0],
    ]);
    expect(fold.story.steps).toEqual([]);
    expect(fold.unread).toBe(5);
  });

  it('whose header is not whole has none', () => {
    const fold = folded([{ type: '@double-hop.story', story: { ...header, parties: ['alice'] } }]);
    expect([fold.unread, fold.story.parties]).toEqual([1, []]);
  });
});
