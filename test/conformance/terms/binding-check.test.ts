/**
 * Channel binding, by the standard: what each acceptor must answer for each setting, each channel
 * of the server, and each AV pair of a response. The table is written from MS-NLMP 3.2.5.1.2 and
 * from what Windows does with an all-zero pair; both acceptors are held against it.
 */
import { describe, expect, it } from 'vitest';
import { CHECKS, decide, find } from '../../../conformance/terms/concrete-acceptor.ts';
import { concretise, type Spelling } from '../../../conformance/terms/concretise.ts';
import {
  bindingNamed,
  challengeBytes,
  computerNameOf,
  machineIdOf,
  NEGOTIATE,
} from '../../../conformance/terms/interpretation.ts';
import { type Defences, HARDENED, RESPONSE_CHECKS } from '../../../machines/ntlm/acceptor.ts';
import { answer, INITIATOR } from '../../../machines/ntlm/initiator.ts';
import { type Response, ZERO_BINDING } from '../../../machines/vocabulary/terms.ts';
import { SERVER, WORLD } from './runs.ts';

type Row = readonly [
  own: string | null,
  check: Defences['channelBinding'],
  sent: 'no pair' | 'all zero' | 'its own' | 'another',
  verdict: 'accepted' | 'refused',
];

const TABLE: readonly Row[] = [
  // A server that ends TLS compares its own binding with the pair.
  ['its own', 'ignored', 'no pair', 'accepted'],
  ['its own', 'ignored', 'all zero', 'accepted'],
  ['its own', 'ignored', 'its own', 'accepted'],
  ['its own', 'ignored', 'another', 'accepted'],
  ['its own', 'checkedIfPresent', 'no pair', 'accepted'],
  ['its own', 'checkedIfPresent', 'all zero', 'refused'], // gss-ntlmssp issue 25
  ['its own', 'checkedIfPresent', 'its own', 'accepted'],
  ['its own', 'checkedIfPresent', 'another', 'refused'],
  ['its own', 'required', 'no pair', 'refused'],
  ['its own', 'required', 'all zero', 'refused'],
  ['its own', 'required', 'its own', 'accepted'],
  ['its own', 'required', 'another', 'refused'],
  // Where TLS ends before the server, it has nothing to compare with.
  [null, 'ignored', 'no pair', 'accepted'],
  [null, 'ignored', 'all zero', 'accepted'],
  [null, 'ignored', 'another', 'accepted'],
  [null, 'checkedIfPresent', 'no pair', 'accepted'],
  [null, 'checkedIfPresent', 'all zero', 'accepted'],
  [null, 'checkedIfPresent', 'another', 'accepted'],
  // "does not contain a nonzero MsvAvChannelBindings": it need only be there.
  [null, 'required', 'no pair', 'refused'],
  [null, 'required', 'all zero', 'refused'],
  [null, 'required', 'another', 'accepted'],
];

const ALICE = { user: 'alice', secret: { passwordOf: 'alice' } };
const challenge = { connection: 'alice>frontEnd#1', serial: 0 };
const info = { computer: SERVER, timestamp: true, flags: false };
const SPELLING: Spelling = {
  clientChallenge: new Uint8Array(8),
  workstation: '',
  raisesCase: false,
  zeroes: false,
  reverses: false,
  sessionKey: null,
};

/** By a client whose TLS ends at `sent`, or that has no TLS. */
const responseWith = (sent: Row[2]): Response =>
  answer(ALICE, challenge, info, {
    initiator: { ...INITIATOR, withoutChannel: sent === 'all zero' ? 'zeroes' : 'leavesOut' },
    machine: 'client',
    target: SERVER,
    certificate: sent === 'no pair' || sent === 'all zero' ? null : sent,
  });

const defencesWith = (channelBinding: Defences['channelBinding']): Defences => ({
  ...HARDENED,
  channelBinding,
});

function byModel(own: string | null, check: Defences['channelBinding'], response: Response) {
  const defences = defencesWith(check);
  const context = { server: SERVER, names: [SERVER], certificate: own, defences, challenge };
  return Object.values(RESPONSE_CHECKS).some((refuses) => refuses({ context }, response))
    ? 'refused'
    : 'accepted';
}

function byBytes(own: string | null, check: Defences['channelBinding'], response: Response) {
  const self = {
    secrets: WORLD.secrets,
    computer: computerNameOf(SERVER),
    hosts: [SERVER],
    binding: own === null ? null : bindingNamed(own),
    machine: machineIdOf(SERVER),
    defences: defencesWith(check),
  };
  const messages = { negotiate: NEGOTIATE, challenge: challengeBytes(WORLD, challenge, info) };
  const decision = decide(self, messages, concretise(WORLD, response, SPELLING));
  return 'user' in decision ? 'accepted' : 'refused';
}

describe('a response in the channel of a server', () => {
  it.each(TABLE)('with %s certificate, binding %s, by a client that sends %s: %s', (...row) => {
    const [own, check, sent, verdict] = row;
    const response = responseWith(sent);
    expect([byModel(own, check, response), byBytes(own, check, response)]).toEqual([
      verdict,
      verdict,
    ]);
  });

  it('is refused for its binding, and for nothing else', () => {
    const context = {
      server: SERVER,
      names: [SERVER],
      certificate: 'its own',
      defences: defencesWith('required'),
      challenge,
    };
    const refusing = Object.entries(RESPONSE_CHECKS).filter(([, refuses]) =>
      refuses({ context }, responseWith('another')),
    );
    expect(refusing.map(([check]) => check)).toEqual(['isBoundElsewhere']);
  });

  it('shows an all-zero pair as such, apart from no pair, in terms and in bytes', () => {
    const bindingIn = (sent: Row[2]) => responseWith(sent).pairs?.binding;
    expect(bindingIn('all zero')).toBe(ZERO_BINDING);
    expect(bindingIn('no pair')).toBeNull();
    const bytesIn = (sent: Row[2]) => find(concretise(WORLD, responseWith(sent), SPELLING)).binding;
    expect(bytesIn('all zero')).toEqual(new Uint8Array(16));
    expect(bytesIn('no pair')).toBeNull();
    expect(Object.keys(CHECKS)).toEqual(Object.keys(RESPONSE_CHECKS));
  });
});
