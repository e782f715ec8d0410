/** Recordings written by hand, with real NTLM messages in them. */
import {
  type Account,
  type AuthenticateOptions,
  authenticate,
  challenge,
  negotiate,
} from '../../../../conformance/codec/initiate.ts';
import { encodeBasic } from '../../../../conformance/http/basic.ts';
import type {
  Connection,
  Observation,
  Recording,
} from '../../../../conformance/recording/recording.ts';

export const ALICE: Account = { user: 'alice', domain: 'LAB', password: 'Wonderland1!' };
export const BOB: Account = { user: 'bob', domain: 'LAB', password: 'Builder2?x' };
export const MISTYPED: Account = { ...ALICE, password: 'Wonderland2!' };
export const SECRETS = new Map([ALICE, BOB].map(({ user, password }) => [user, password]));

export const SERVER = 'http://127.0.0.5:8081';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

export type MakerOptions = {
  readonly scheme?: 'NTLM' | 'Negotiate';
  readonly isProxy?: boolean;
  readonly timestamp?: bigint | null;
};

/** A recording that grows with each call. */
export function making(options: MakerOptions = {}) {
  const { scheme = 'NTLM', isProxy = false, timestamp = 133_500_000_000_000_000n } = options;
  const connections: Connection[] = [];
  const observations: Observation[] = [];
  let nonces = 0;

  const on = (client: string, server = SERVER) => {
    const id = `c${connections.length + 1}`;
    connections.push({ id, client, server, isProxy });
    const say = (authorization: string | null, target = '/owa/', user: string | null = null) => {
      observations.push({
        what: 'request',
        connection: id,
        method: 'GET',
        target,
        authorization,
        user,
      });
    };
    const reply = (
      status: number,
      authenticate: readonly string[] = [],
      identity: string | null = null,
      location: string | null = null,
    ) => {
      observations.push({
        what: 'reply',
        connection: id,
        status,
        authenticate,
        location,
        identity,
      });
    };
    const happens = (what: 'opened' | 'closed') => observations.push({ what, connection: id });
    happens('opened');
    const sent = negotiate();
    let last = new Uint8Array();
    const slot = {
      id,
      challenge: () => last,
      say,
      bare: (user: string | null = null, target?: string) => say(null, target, user),
      negotiate: (user: string | null = null) => say(`${scheme} ${base64(sent)}`, '/owa/', user),
      basic: ({ user, password }: Account, as: string | null = null) =>
        say(`Basic ${encodeBasic(user, password)}`, '/owa/', as),
      /** @param to - bytes of the challenge. Default: the last of this connection. */
      authenticate(
        account: Account,
        to: Uint8Array = last,
        more: AuthenticateOptions = {},
        user: string | null = null,
      ) {
        say(`${scheme} ${base64(authenticate(account, sent, to, more))}`, '/owa/', user);
      },
      reply,
      unauthorized: () => reply(isProxy ? 407 : 401, [scheme]),
      challenges() {
        nonces += 1;
        last = Uint8Array.from(
          challenge({
            serverChallenge: Uint8Array.from({ length: 8 }, (_, i) => nonces * 16 + i),
            computer: 'TESTBED01',
            domain: 'LAB',
            timestamp: timestamp === null ? null : timestamp + BigInt(nonces),
          }),
        );
        reply(isProxy ? 407 : 401, [`${scheme} ${base64(last)}`]);
      },
      ok: (identity: string | null = null) => reply(200, [], identity),
      closed: () => happens('closed'),
      /** All of a handshake up to the AUTHENTICATE, which the caller has answered. */
      signsIn(account: Account = ALICE, identity: string | null = null) {
        slot.bare();
        slot.unauthorized();
        slot.negotiate();
        slot.challenges();
        slot.authenticate(account);
        reply(200, [], identity);
      },
    };
    return slot;
  };

  return {
    on,
    recording: (): Recording => ({
      format: 'double-hop-recording/1',
      source: 'written by hand',
      connections: [...connections],
      observations: [...observations],
    }),
  };
}

/** A recording made by `act` on one connection. */
export function recorded(
  act: (connection: ReturnType<ReturnType<typeof making>['on']>) => void,
  options?: MakerOptions,
): Recording {
  const maker = making(options);
  act(maker.on('alice'));
  return maker.recording();
}
