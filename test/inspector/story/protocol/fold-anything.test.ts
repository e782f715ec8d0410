/** Nothing that comes over the wire makes folding throw, or makes a story that cannot be drawn. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { officialEvents } from '../../../../inspector/story/protocol/official.ts';
import { systemOf } from '../../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../../properties/deployments/plain.ts';
import { expectToBeWhole, folded } from '../support/folded.ts';
import { numbers, walked } from '../support/stories.ts';

const SEED = 20_261_124;
const deployment = deploymentOf(ARTICLE, 'NTLM');
const { story: RUN } = walked({ deployment, system: systemOf(deployment) }, numbers(120));
const MESSAGES = officialEvents(RUN);

describe('messages', () => {
  it('cost the same however many there were before: 20,000 of them', () => {
    const growing = folded(MESSAGES);
    const pairs = MESSAGES.filter(({ type }) => type !== '@xstate.actor');
    const timed = () => {
      const start = performance.now();
      for (let i = 0; i < 5_000; i += 1) growing.add(pairs[i % pairs.length]);
      return performance.now() - start;
    };
    const times = [timed(), timed(), timed(), timed()];
    expect(growing.official).toBe(MESSAGES.length + 20_000);
    expect(growing.story.steps.length).toBeGreaterThan(10_000);
    expect(Math.min(...times.slice(2))).toBeLessThan(10 * times[0]!);
  });
});

describe('nothing makes it throw, and the story is always whole', () => {
  const messageLike = fc.record(
    {
      type: fc.constantFrom(
        '@xstate.actor',
        '@xstate.event',
        '@xstate.snapshot',
        '@double-hop.story',
        '@double-hop.step',
        '@xstate.new',
      ),
      sessionId: fc.oneof(fc.constantFrom('x:0', 'x:1', '__proto__'), fc.jsonValue()),
      parentId: fc.oneof(fc.constantFrom('x:0', 'x:1'), fc.jsonValue()),
      sourceId: fc.oneof(fc.constantFrom('x:0', 'x:2'), fc.jsonValue()),
      name: fc.oneof(fc.constantFrom('a', 'toString', ''), fc.jsonValue()),
      definition: fc.oneof(
        fc.constantFrom(
          '{"id":"m","states":{"a":{}}}',
          '{"id":"m","initial":"b","states":{"a":{}}}',
          '{',
          'null',
        ),
        fc.jsonValue().map((value) => JSON.stringify(value)),
      ),
      event: fc.oneof(fc.record({ type: fc.constantFrom('go', 'xstate.init') }), fc.jsonValue()),
      snapshot: fc.oneof(
        fc.record({
          status: fc.constantFrom('active', 'error', 'stopped'),
          value: fc.constantFrom('a', 'b'),
        }),
        fc.jsonValue(),
      ),
      story: fc.jsonValue(),
      step: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );

  it.each([
    ['any values', fc.array(fc.anything())],
    ['what looks like messages', fc.array(messageLike, { maxLength: 60 })],
  ])('for %s', (_, messages: fc.Arbitrary<unknown[]>) => {
    fc.assert(
      fc.property(messages, (generated) => {
        const { story, official, unread } = folded(generated);
        expectToBeWhole(story);
        expect(official + unread).toBeLessThanOrEqual(generated.length);
      }),
      { numRuns: 1_000, seed: SEED },
    );
  });

  it('for a real run whose messages were lost, doubled, moved or cut', () => {
    const damage = fc.array(
      fc.tuple(
        fc.nat(MESSAGES.length - 1),
        fc.constantFrom('lose', 'double', 'move', 'cut'),
        fc.nat(),
      ),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(damage, (damages) => {
        const messages: unknown[] = [...MESSAGES.slice(0, 600)];
        for (const [at, what, number] of damages) {
          const index = at % messages.length;
          const message = messages[index] as Record<string, unknown>;
          if (what === 'lose') messages.splice(index, 1);
          else if (what === 'double') messages.splice(number % messages.length, 0, message);
          else if (what === 'move')
            messages.splice(number % messages.length, 0, ...messages.splice(index, 1));
          else {
            const fields = Object.keys(message);
            const { [fields[number % fields.length]!]: _, ...rest } = message;
            messages[index] = rest;
          }
          if (messages.length === 0) return;
        }
        expectToBeWhole(folded(messages).story);
      }),
      { numRuns: 100, seed: SEED },
    );
  });

  it('for data that is nested too deeply', () => {
    const deep = `${'{"states":{"a":'.repeat(20_000)}{}${'}}'.repeat(20_000)}`;
    let context: unknown = null;
    for (let n = 0; n < 20_000; n += 1) context = { context };
    const fold = folded([
      { type: '@xstate.actor', sessionId: 'x:0', name: 'deep', definition: deep },
      { type: '@xstate.snapshot', sessionId: 'x:0', event: { type: 'go' }, snapshot: { context } },
      { type: '@double-hop.story', story: { charts: [{ root: context }] } },
    ]);
    expectToBeWhole(fold.story);
  });
});
