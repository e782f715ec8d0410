/** Divergences: each permits its one reading, and only if it is given. */
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import {
  DIVERGENCES,
  type Divergence,
  parseDivergences,
  unusedOf,
} from '../../../conformance/trace/divergences.ts';
import { judge } from '../../../conformance/trace/trace-validation.ts';
import { STANDARD } from '../../../machines/ntlm/policy.ts';
import { ALICE, MISTYPED, recorded, SECRETS } from './support/making.ts';

type Slot = Parameters<Parameters<typeof recorded>[0]>[0];
const challenged = (c: Slot) => {
  c.bare();
  c.unauthorized();
  c.negotiate();
  c.challenges();
};

const atOnce = recorded((c) => {
  c.negotiate();
  c.challenges();
  c.authenticate(ALICE);
  c.ok();
});

/** A recording for each, except those that show only over several hops. */
const SEEN: Readonly<Record<string, Recording>> = {
  'express-ntlm-fails-without-challenge': recorded((c) => {
    challenged(c);
    const challenge = c.challenge();
    c.authenticate(MISTYPED);
    c.unauthorized();
    c.authenticate(ALICE, challenge);
    c.reply(500);
  }),
  'express-ntlm-wants-no-other-scheme': recorded((c) => {
    c.bare();
    c.unauthorized();
    c.basic(ALICE);
    c.reply(400);
  }),
  'squid-closes': recorded((c) => {
    challenged(c);
    c.bare();
    c.closed();
  }),
  'http-sys-refuses-with-400': recorded((c) => {
    challenged(c);
    const challenge = c.challenge();
    c.authenticate(MISTYPED);
    c.unauthorized();
    c.authenticate(ALICE, challenge);
    c.reply(400);
  }),
  'curl-negotiates-at-once': atOnce,
  'httpntlm-negotiates-at-once': atOnce,
};

/** Whether two divergences are about the same observation. */
const isAlike = ({ pattern: one }: Divergence, { pattern: other }: Divergence) =>
  one.seen === other.seen && one.after === other.after;

const OF_ONE_HOP = DIVERGENCES.filter(({ pattern }) => pattern.after !== 'http.unauthorized');

describe.each(OF_ONE_HOP.map((divergence) => [divergence.id, divergence] as const))(
  '%s',
  (id, divergence) => {
    const recording = SEEN[id]!;
    const { side: sides } = divergence;
    const policies = [STANDARD];
    const options = { sides, secrets: SECRETS, policies };

    it('is used where it was seen', () => {
      const verdict = judge(recording, { ...options, divergences: DIVERGENCES });
      const alike = OF_ONE_HOP.filter((other) => isAlike(other, divergence));
      const used = alike.map((other) => other.id).sort();
      expect(verdict).toMatchObject({ isBehaviour: true, used, why: '' });
      expect(used).toContain(id);
      expect(judge(recording, { ...options, divergences: [divergence] }).used).toEqual([id]);
    });

    it('is what makes it a behaviour, unless the connection just closes', () => {
      const others = DIVERGENCES.filter((other) => !isAlike(other, divergence));
      const verdict = judge(recording, { ...options, divergences: others });
      expect(verdict.isBehaviour).toBe(divergence.pattern.seen === 'closed');
      expect(verdict.used).toEqual([]);
    });

    it('is not used where nothing of it shows', () => {
      const plain = recorded((c) => c.signsIn());
      const verdict = judge(plain, { ...options, divergences: DIVERGENCES });
      expect(verdict).toMatchObject({ isBehaviour: true, used: [] });
      expect(unusedOf(DIVERGENCES, verdict.used)).toEqual(DIVERGENCES);
    });
  },
);

describe('the list', () => {
  const [first] = DIVERGENCES;
  it('has an example here for each, and no other', () => {
    expect(OF_ONE_HOP.map(({ id }) => id)).toEqual(Object.keys(SEEN));
  });
  it.each([
    ['a reason', { ...first!, reason: ' ' }],
    ['a source', { ...first!, source: '' }],
    ['an id in kebab-case', { ...first!, id: 'Express NTLM' }],
    ['a side', { ...first!, side: 'middle' }],
    ['a known pattern', { ...first!, pattern: { after: 'AUTHENTICATE_MESSAGE', seen: 'a frog' } }],
    ['no field besides', { ...first!, note: 'x' }],
  ])('checks %s', (_, divergence) => {
    expect(() => parseDivergences([divergence])).toThrow();
  });
  it('has each id once', () => {
    expect(() => parseDivergences([first, first])).toThrow(/is used twice/);
  });
});

describe('a 403', () => {
  it('after a wrong password is what some policies answer, and the client then believes it', () => {
    const refused = recorded((c) => {
      challenged(c);
      c.authenticate(MISTYPED);
      c.reply(403);
      c.bare();
      c.unauthorized();
    });
    const verdict = judge(refused, { sides: 'both', secrets: SECRETS });
    expect(verdict).toMatchObject({ isBehaviour: true, used: [] });
    expect(new Set(verdict.policies.map(({ failureReply }) => failureReply))).toEqual(
      new Set(['forbidden']),
    );
    expect(
      judge(refused, { sides: 'server', secrets: SECRETS, policies: [STANDARD] }),
    ).toMatchObject({ isBehaviour: false, expected: ['a 401 without a challenge'] });
  });

  it('to a right password is the page of a signed-in user', () => {
    const forbidden = recorded((c) => {
      challenged(c);
      c.authenticate(ALICE);
      c.reply(403);
      c.bare();
      c.ok('alice');
    });
    const verdict = judge(forbidden, { sides: 'both', secrets: SECRETS });
    expect(verdict).toMatchObject({ isBehaviour: true, used: [] });
    expect(new Set(verdict.policies.map(({ failureReply }) => failureReply)).size).toBe(2);
  });

  it('that is no refusal keeps its meaning, although it may also be read as one', () => {
    const forbidden = recorded((c) => {
      c.signsIn();
      c.bare();
      c.reply(403);
      c.bare();
      c.ok('alice');
    });
    const verdict = judge(forbidden, {
      sides: 'both',
      secrets: SECRETS,
      divergences: DIVERGENCES,
    });
    expect(verdict).toMatchObject({ isBehaviour: true, used: [] });
  });
});
