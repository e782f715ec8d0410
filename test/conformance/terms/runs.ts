/**
 * Random runs of the server side of NTLM: a policy, defences, and what two connections are sent, as
 * symbolic events. Most of it is right in most respects, so that many are accepted, and many are
 * refused for one thing alone.
 */
import fc from 'fast-check';
import type { Spelling } from '../../../conformance/terms/concretise.ts';
import type { Interpretation } from '../../../conformance/terms/interpretation.ts';
import { DEFENCES, type Defences, STATIC_CHALLENGE } from '../../../machines/ntlm/acceptor.ts';
import { answer, type Vantage } from '../../../machines/ntlm/initiator.ts';
import { type NtlmPolicy, POLICIES } from '../../../machines/ntlm/policy.ts';
import { CONNECTIONS } from '../../../machines/system/most-general-system.ts';
import type { ServerEvent } from '../../../machines/vocabulary/messages.ts';
import {
  type Challenge,
  type Response,
  type TargetInfo,
  withoutMic,
  withPairs,
  ZERO_BINDING,
} from '../../../machines/vocabulary/terms.ts';

export const SERVER = 'frontEnd';

export const WORLD: Interpretation = {
  secrets: new Map([
    ['alice', 'Wonderland1!'],
    ['bob', 'Builder2?x'],
  ]),
  domain: 'Lab',
  hosts: [SERVER, 'backEnd'],
  users: ['alice', 'bob', 'client'],
  certificates: ['its own', 'another'],
};

export type TermMessage = {
  readonly to: (typeof CONNECTIONS)[number];
  readonly event: ServerEvent;
  /** A response is to the outstanding challenge, if there is one, and not to that in the event. */
  readonly toOutstanding: boolean;
  readonly spelling: Spelling; // of a response
};

const PLAIN: Spelling = {
  clientChallenge: new Uint8Array(8),
  workstation: '',
  raisesCase: false,
  zeroes: false,
  reverses: false,
  sessionKey: null,
};

export type TermRun = {
  readonly policy: NtlmPolicy;
  readonly defences: Defences;
  readonly certificate: string | null; // the server's
  readonly said: readonly TermMessage[];
};

/** `usual` three times out of four. */
const mostly = <const T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const check = fc.constantFrom('ignored', 'checkedIfPresent', 'required');
const defences: fc.Arbitrary<Defences> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(DEFENCES) },
  {
    weight: 3,
    arbitrary: fc.record({
      challenges: mostly('fresh', 'static'),
      timestamp: mostly('sent', 'leftOut'),
      ntlmv1: mostly('refused', 'allowed'),
      lmResponse: fc.constantFrom('ignored', 'accepted'),
      serverName: check,
      channelBinding: check,
      targetName: fc.constantFrom('unchecked', 'checked'),
      mic: mostly('checkedIfFlagged', 'ignored'),
      loopback: mostly('checked', 'unchecked'),
    }),
  },
);

const spelling: fc.Arbitrary<Spelling> = fc.record({
  clientChallenge: fc.uint8Array({ minLength: 8, maxLength: 8 }),
  workstation: fc.constantFrom('WORKSTATION', '', 'ß'),
  raisesCase: fc.boolean(),
  zeroes: fc.boolean(),
  reverses: fc.boolean(),
  sessionKey: fc.option(fc.uint8Array({ minLength: 16, maxLength: 16 })),
});

/** Where it is computed, and for whom. On the server itself, it is as likely for another. */
const places = fc.constantFrom(
  { machine: 'client', target: SERVER },
  { machine: 'client', target: SERVER },
  { machine: 'client', target: SERVER },
  { machine: 'client', target: 'backEnd' },
  { machine: SERVER, target: SERVER },
  { machine: SERVER, target: 'backEnd' },
  { machine: 'backEnd', target: SERVER },
);

const vantage: fc.Arbitrary<Vantage> = fc
  .record({
    place: places,
    initiator: fc.record({
      version: mostly('NTLMv2', 'NTLMv2', 'NTLMv1'),
      bindsChannel: mostly(true, false),
      withoutChannel: mostly('leavesOut', 'zeroes'),
      sendsMic: mostly(true, false),
      trustsTarget: mostly(true, false),
      dropsFlags: mostly(true, false),
      afterLapse: fc.constant('authenticates' as const),
    }),
    certificate: mostly('its own', 'another', null),
  })
  .map(({ place, ...rest }) => ({ ...place, ...rest }));

/** The server's own, or changed on its way. */
const infos = (own: TargetInfo): fc.Arbitrary<TargetInfo> =>
  fc.record(
    {
      computer: mostly(own.computer, 'backEnd', null),
      timestamp: mostly(own.timestamp, !own.timestamp),
      flags: mostly(own.flags, !own.flags),
    },
    { noNullPrototype: true },
  );

const changes = fc.record(
  {
    computer: fc.constantFrom(SERVER, 'backEnd', null),
    machine: fc.constantFrom('client', SERVER),
    binding: fc.constantFrom('its own', 'another', ZERO_BINDING, null),
    target: fc.constantFrom(SERVER, 'backEnd'),
    unverified: fc.boolean(),
    mic: fc.constantFrom('none', 'flagged', 'ambiguous'),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const credentials = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom('alice', 'bob')
      .map((user) => ({ user, secret: { passwordOf: user } })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      user: fc.constantFrom('alice', 'bob'),
      secret: fc.constantFrom({ passwordOf: 'alice' }, { passwordOf: null }, null),
    }),
  },
);

const responses = (challenge: Challenge, own: TargetInfo): fc.Arbitrary<Response> =>
  fc
    .tuple(credentials, infos(own), vantage, mostly({}, null), changes, mostly(false, true))
    .map(([credential, info, from, untouched, pairs, dropsMic]) => {
      const honest = answer(credential, challenge, info, from);
      const response = untouched === null ? withPairs(honest, pairs) : honest;
      return dropsMic ? withoutMic(response) : response;
    });

const path = 'mailbox';
const events = (challenge: Challenge, own: TargetInfo): fc.Arbitrary<ServerEvent> => {
  const authenticates = responses(challenge, own).map(
    (response) => ({ type: 'AUTHENTICATE_MESSAGE', path, response }) as const,
  );
  return fc.oneof(
    { weight: 8, arbitrary: authenticates },
    { weight: 5, arbitrary: fc.constant({ type: 'NEGOTIATE_MESSAGE', path } as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        { type: 'connection.opened' } as const,
        { type: 'connection.closed' } as const,
        { type: 'http.request', path } as const,
        { type: 'page.ready' } as const,
        { type: 'page.unauthorized' } as const,
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('alice', 'bob', null).map(
        (passwordOf) =>
          ({
            type: 'http.request.basic',
            path,
            credential: { user: 'alice', secret: { passwordOf } },
          }) as const,
      ),
    },
  );
};

/** One event, or a handshake, or one on a connection that is opened anew. */
const stretches = (
  own: TargetInfo,
  kind: Defences['challenges'],
): fc.Arbitrary<readonly TermMessage[]> =>
  fc
    .record({
      to: mostly(...CONNECTIONS),
      connection: mostly(...CONNECTIONS),
      serial: fc.nat(2),
      before: mostly<readonly ServerEvent[]>(
        [{ type: 'NEGOTIATE_MESSAGE', path }],
        [],
        [
          { type: 'connection.closed' },
          { type: 'connection.opened' },
          { type: 'NEGOTIATE_MESSAGE', path },
        ],
      ),
      toOutstanding: mostly(true, false),
      spelling,
    })
    .chain(({ to, connection, serial, before, toOutstanding, spelling }) => {
      const challenge = kind === 'static' ? STATIC_CHALLENGE : { connection, serial };
      return events(challenge, own).map((last) =>
        [...before, last].map((event) => ({ to, event, toOutstanding, spelling })),
      );
    });

export const runs: fc.Arbitrary<TermRun> = fc
  .record({
    policy: fc.constantFrom(...Object.values(POLICIES)),
    defences,
    certificate: mostly<string | null>('its own', null),
  })
  .chain(({ policy, defences, certificate }) => {
    const own = { computer: SERVER, timestamp: defences.timestamp === 'sent', flags: false };
    const opened = CONNECTIONS.map((to): TermMessage => {
      const event = { type: 'connection.opened' } as const;
      return { to, event, toOutstanding: false, spelling: PLAIN };
    });
    return fc
      .array(stretches(own, defences.challenges), { minLength: 2, maxLength: 8 })
      .map((said) => ({ policy, defences, certificate, said: [...opened, ...said.flat()] }));
  });
