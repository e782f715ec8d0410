/** Messages on the wires of a whole system, explained by one run of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walker } from '../../../checker/explore/walker.ts';
import { stateKey } from '../../../checker/model/state-key.ts';
import type { Trace } from '../../../checker/model/system.ts';
import {
  type Explaining,
  explain,
  type WireMessage,
} from '../../../conformance/trace/run-of-system.ts';
import { systemOf } from '../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../properties/deployments/plain.ts';

const NTLM = systemOf(deploymentOf(ARTICLE, 'NTLM'));
const BASIC = systemOf(deploymentOf(ARTICLE, 'Basic'));

/** By what wires were told in a trace, not by what is on them. */
const sentIn = (trace: Trace): readonly WireMessage<unknown>[] =>
  trace.flatMap(({ component, event, deliveries }) => [
    ...(event.type === 'wire.close' ? [{ wire: component, message: null }] : []),
    ...deliveries.flatMap(({ to, event: heard }) =>
      heard.type === 'wire.send' ? [{ wire: to, message: heard.message as unknown }] : [],
    ),
  ]);

/** Bytes carry no ghosts. */
const isSame = (model: unknown, sent: unknown) => {
  const { ghost: _, ...message } = (model ?? {}) as { ghost?: unknown };
  const { ghost: __, ...other } = (sent ?? {}) as { ghost?: unknown };
  return stateKey(message) === stateKey(other);
};

/** A walk of so many steps, each the enabled offer that `choices` points at. */
function walkOf(system: typeof NTLM, choices: readonly number[]): Trace {
  const walk = walker(system);
  for (const choice of choices) {
    const enabled = walk.enabled();
    if (enabled.length > 0) walk.take(enabled[choice % enabled.length]!);
  }
  return walk.trace();
}

const CHOICES = fc.array(fc.nat(60), { minLength: 1, maxLength: 40 });

describe.each([
  ['NTLM', NTLM],
  ['Basic', BASIC],
])('messages of the article, by %s', (_, system) => {
  it('is explained, whatever was sent, in no more steps than it took', () => {
    fc.assert(
      fc.property(CHOICES, (choices) => {
        const trace = walkOf(system, choices);
        const found = explain(system, sentIn(trace), { isLike: isSame });
        expect(found.trace).not.toBeNull();
        expect(sentIn(found.trace!)).toEqual(sentIn(trace));
        expect(found).toMatchObject({ unseen: 0 });
        expect(found.trace!.length).toBeLessThanOrEqual(trace.length);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('is not explained if a message is missing, with the expected messages', () => {
    let refused = 0;
    fc.assert(
      fc.property(CHOICES, fc.nat(20), (choices, at) => {
        const sent = sentIn(walkOf(system, choices));
        const lost = at % Math.max(1, sent.length - 1); // what follows it shows
        const found = explain(
          system,
          sent.filter((_, i) => i !== lost),
          { isLike: isSame },
        );
        if (found.trace !== null) return;
        refused += 1;
        expect(found.sent).toBeGreaterThanOrEqual(lost);
        if (found.sent === lost) expect(found.expected).toContainEqual(sent[lost]);
      }),
      { numRuns: 200, seed: 7 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});

describe('a search for a run', () => {
  const wire = 'alice>frontEnd#1/wire';
  const refused: readonly WireMessage<unknown>[] = [
    { wire, message: { type: 'http.request', path: 'mailbox' } },
    { wire, message: { type: 'http.unauthorized' } },
  ];

  it('ends in an error where there is too much to look at', () => {
    expect(() => explain(NTLM, refused, { isLike: isSame, statesMax: 1 })).toThrow(
      'more than 1 states',
    );
  });

  it('goes on until what else is asked for is so', () => {
    const isAsking: Explaining<unknown>['isReached'] = (composition, row) => {
      const browser = composition.indexOf('alice@frontEnd');
      return composition.snapshot(browser, row[browser]!).matches({ prompt: 'asking' });
    };
    expect(explain(NTLM, refused, { isLike: isSame }).trace).toHaveLength(2);
    expect(explain(NTLM, refused, { isLike: isSame, isReached: isAsking }).trace).toHaveLength(3);
  });

  it('finds what went unseen, where that is allowed, and says how much', () => {
    const later: WireMessage<unknown> = {
      wire,
      message: { type: 'NEGOTIATE_MESSAGE', path: 'mailbox' },
    };
    const seen = [...refused, later];
    expect(explain(NTLM, seen, { isLike: isSame })).toMatchObject({ trace: null, sent: 2 });
    const mayBeUnseen = (model: unknown) =>
      ['http.request', 'http.unauthorized'].includes((model as { type: string }).type);
    const found = explain(NTLM, seen, { isLike: isSame, mayBeUnseen });
    expect(found).toMatchObject({ unseen: 2 });
    expect(found.trace).toHaveLength(6);
    const elsewhere = { wire: 'frontEnd>mailbox#1/wire', message: later.message };
    const anything = { isLike: isSame, mayBeUnseen: () => true };
    const onAnother = explain(NTLM, [...refused, elsewhere], anything);
    expect(onAnother).toMatchObject({ trace: null, sent: 2 });
    expect(explain(NTLM, seen, { isLike: isSame, mayBeUnseen: () => false }).trace).toBeNull();
  });
});
