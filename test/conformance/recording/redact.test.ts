/** A redacted recording has no secret in it, and is judged as the original is without passwords. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../conformance/codec/messages/message.ts';
import { harRecording } from '../../../conformance/recording/har.ts';
import { ownRecording } from '../../../conformance/recording/own.ts';
import { BadRecording, type Recording } from '../../../conformance/recording/recording.ts';
import { redacted } from '../../../conformance/recording/redact.ts';
import { redactedHar } from '../../../conformance/recording/redact-har.ts';
import { DIVERGENCES } from '../../../conformance/trace/divergences.ts';
import { judge } from '../../../conformance/trace/trace-validation.ts';
import { ALICE, BOB, MISTYPED, making } from '../trace/support/making.ts';
import { harOf } from './support/har-of.ts';

type Slot = ReturnType<ReturnType<typeof making>['on']>;

/** Things that may happen on a connection, right ones and wrong ones. */
const ACTS: readonly ((slot: Slot, other: Slot) => void)[] = [
  (slot) => slot.bare(),
  (slot) => slot.bare('alice', '/private/place?session=5ecret5ession'),
  (slot) => slot.negotiate(),
  (slot) => slot.challenges(),
  (slot) => slot.unauthorized(),
  (slot) => slot.ok('LAB\\alice'),
  (slot) => slot.ok(),
  (slot) => slot.reply(403),
  (slot) => slot.reply(302, [], null, 'http://intranet.corp.example/inbox?token=5ecret5ession'),
  (slot) => slot.signsIn(ALICE, 'alice'),
  (slot) => slot.signsIn(BOB),
  (slot) => slot.basic(ALICE),
  (slot) => slot.basic(MISTYPED, 'alice'),
  (slot) => slot.reply(401, ['Basic realm="hidden realm"', 'NTLM']),
  (slot) => slot.say('Bearer 5ecret5ession5ecret5ession'),
  (slot) => slot.say('Digest username="alice", response="5ecret5ession"'),
  (slot) => slot.say('Negotiate YIIFjwYGKwYBBQUC'),
  (slot) => slot.say('NTLM TlRMTVNTUAAD'),
  (slot) => slot.closed(),
  ...[ALICE, MISTYPED, BOB].flatMap((account) => [
    answering((slot) => slot.authenticate(account)),
    answering((slot, other) => slot.authenticate(account, other.challenge())),
    answering((slot) => slot.authenticate(account, slot.challenge(), { lm: true, mic: 'none' })),
    answering((slot) => slot.authenticate(account, slot.challenge(), { version: 'NTLMv1' })),
    answering((slot) => slot.authenticate(account, slot.challenge(), { version: 'NTLMv1+ESS' })),
    answering((slot) =>
      slot.authenticate(account, slot.challenge(), {
        targetName: 'HTTP/mail.corp.example:8081',
        binding: new Uint8Array(16).fill(7),
        workstation: 'WORKSTATION-OF-HERS',
        mic: 'corrupt',
      }),
    ),
  ]),
];

/** Where there is a challenge to answer. */
function answering(act: (slot: Slot, other: Slot) => void) {
  return (slot: Slot, other: Slot) => {
    if (slot.challenge().length > 0 && other.challenge().length > 0) act(slot, other);
  };
}

const steps = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: ACTS.length - 1 })), {
  minLength: 1,
  maxLength: 14,
});

function recordingOf(chosen: readonly (readonly [boolean, number])[]): Recording {
  const maker = making({ scheme: 'NTLM' });
  const first = maker.on('alice', 'http://mail.corp.example:8081');
  const second = maker.on('bob', 'http://owa.corp.example:8082');
  for (const [isFirst, act] of chosen)
    if (isFirst) ACTS[act]!(first, second);
    else ACTS[act]!(second, first);
  return maker.recording();
}

/** The words of a secret in every form in which it could be left. */
const formsOf = (secret: string | Uint8Array): readonly string[] => {
  const all =
    typeof secret === 'string'
      ? [Buffer.from(secret, 'utf8'), Buffer.from(secret, 'utf16le')]
      : [Buffer.from(secret)];
  return [
    ...(typeof secret === 'string' ? [secret] : []),
    ...all.flatMap((bytes) => [bytes.toString('hex'), bytes.toString('latin1')]),
  ];
};

/** The text, and what all of its base64 words decode to. */
function readable(text: string): string {
  const decoded = [...text.matchAll(/[A-Za-z0-9+/]{8,}={0,2}/g)].flatMap(([word]) => {
    const bytes = Buffer.from(word, 'base64');
    return [bytes.toString('latin1'), bytes.toString('hex')];
  });
  return [text, ...decoded].join('\n').toLowerCase();
}

const NAMED = [
  ALICE.password,
  BOB.password,
  MISTYPED.password,
  'alice',
  'TESTBED01',
  'corp.example',
  'WORKSTATION',
  '5ecret5ession',
  'hidden realm',
  'private',
  'inbox',
];

/** All that was computed from a key. */
function computedIn({ observations }: Recording): readonly Uint8Array[] {
  return observations.flatMap((one) => {
    if (one.what !== 'request' || !one.authorization?.startsWith('NTLM TlRMTVNTUAAD')) return [];
    const bytes = Buffer.from(one.authorization.slice(5), 'base64');
    if (bytes.length < 64) return [];
    const message = decode(bytes);
    if (message.type !== 'AUTHENTICATE_MESSAGE') return [];
    const { ntResponse, lmResponse, mic, encryptedRandomSessionKey } = message;
    return [ntResponse.subarray(0, 16), lmResponse.subarray(0, 16), mic, encryptedRandomSessionKey]
      .filter((field) => field !== null)
      .filter((field) => field.length >= 8 && field.some((byte) => byte !== 0));
  });
}

const leftIn = (text: string, recording: Recording) => {
  const all = readable(text);
  return [...NAMED, ...computedIn(recording)].filter((secret) =>
    formsOf(secret).some((form) => all.includes(form.toLowerCase())),
  );
};

function verdictOf(recording: Recording) {
  try {
    const { isBehaviour, accepted, policies, used, leftOut } = judge(recording, {
      sides: 'both',
      secrets: new Map(),
      divergences: DIVERGENCES,
    });
    return { isBehaviour, accepted, policies, used, leftOut: leftOut.map(({ number }) => number) };
  } catch (error) {
    if (error instanceof BadRecording) return 'nothing to judge';
    throw error;
  }
}

describe('a redacted recording', () => {
  it('has no secret in it', () => {
    fc.assert(
      fc.property(steps, (chosen) => {
        const recording = recordingOf(chosen);
        expect(leftIn(JSON.stringify(redacted(recording)), recording)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('is judged as the original is without passwords', () => {
    fc.assert(
      fc.property(steps, (chosen) => {
        const recording = recordingOf(chosen);
        expect(verdictOf(redacted(recording))).toEqual(verdictOf(recording));
      }),
      { numRuns: 40 },
    );
  });

  it('is a recording, and redacted again the same', () => {
    fc.assert(
      fc.property(steps, (chosen) => {
        const once = redacted(recordingOf(chosen));
        expect(ownRecording(JSON.parse(JSON.stringify(once)))).toEqual(once);
        expect(redacted(once)).toEqual(once);
      }),
      { numRuns: 50 },
    );
  });

  it('leaves out the same parts of connections', () => {
    const recording = recordingOf([
      [true, 9],
      [false, 0],
    ]);
    const { id } = recording.connections[0]!;
    const cut: Recording = {
      ...recording,
      omissions: [{ connection: id, reason: 'lost', frame: 12 }],
    };
    const safe = redacted(cut);
    expect(ownRecording(JSON.parse(JSON.stringify(safe)))).toEqual(safe);
    const options = { sides: 'both', secrets: new Map(), divergences: DIVERGENCES } as const;
    const { leftOut } = judge(safe, options);
    expect(leftOut).toMatchObject([
      { number: 1, part: 'from frame 12 on', why: 'the capture lost segments' },
    ]);
    expect(judge(cut, options).leftOut.map(({ connection: _, ...rest }) => rest)).toEqual(
      leftOut.map(({ connection: _, ...rest }) => rest),
    );
  });

  it('would be seen to have one, were it not redacted', () => {
    const recording = recordingOf([
      [true, 9],
      [false, 9],
      [true, 11],
    ]);
    const left = leftIn(JSON.stringify(recording), recording);
    expect(left).toEqual(expect.arrayContaining([ALICE.password, 'alice', 'TESTBED01']));
    expect(left.filter((secret) => typeof secret !== 'string').length).toBeGreaterThan(0);
  });
});

describe('a redacted archive', () => {
  const options = { identityHeader: 'X-User' };
  const signIns = recordingOf([
    [true, 9],
    [true, 1],
    [true, 5],
    [false, 10],
    [false, 8],
  ]);
  it('has no secret in it, and is judged as the original is', () => {
    const archive = harOf(signIns);
    const safe = redactedHar(archive, options);
    expect(leftIn(JSON.stringify(safe), signIns)).toEqual([]);
    expect(verdictOf(harRecording(safe, options))).toEqual(
      verdictOf(harRecording(archive, options)),
    );
  });
});
