/** What the monitors of the adversary hear, trace by trace, and the state in which each ends. */

import { answer, INITIATOR } from '../../../../machines/ntlm/initiator.ts';
import type { Signal } from '../../../../machines/vocabulary/signals.ts';
import {
  type Response,
  respond,
  type TargetInfo,
  withoutMic,
  withPairs,
} from '../../../../machines/vocabulary/terms.ts';
import { untampered } from '../../../../properties/monitors/untampered.ts';
import { proved, refusedWithKey } from '../../../../properties/monitors/witnesses.ts';
import { hearing, type Row } from './monitor-traces.ts';

const HERE = 'evil>mailbox#1';
const ALICE = { user: 'alice', secret: { passwordOf: 'alice' } };
const challenge = { connection: HERE, serial: 0 };
const INFO: TargetInfo = { computer: 'mailbox', timestamp: true, flags: false };
const STRIPPED: TargetInfo = { ...INFO, computer: null };
const VANTAGE = { initiator: INITIATOR, machine: 'alice', target: 'evil', certificate: 'evil' };

const answering = (info: TargetInfo, sendsMic = true) =>
  answer(ALICE, challenge, info, { ...VANTAGE, initiator: { ...INITIATOR, sendsMic } });
const right = answering(INFO);
const misled = answering(STRIPPED);
const bare = answering(INFO, false);

const issued: Signal = { type: 'issued', connection: HERE, challenge, info: INFO };
const ran = (response: Response | null, info: TargetInfo | null = INFO): Signal => ({
  type: 'running',
  user: response?.user ?? null,
  secret: response?.key ?? null,
  server: 'evil',
  by: 'alice',
  connection: HERE,
  run: HERE,
  response,
  info,
});
const accepted = (response: Response | null): Signal => ({
  type: 'commit',
  user: 'alice',
  server: 'mailbox',
  connection: HERE,
  challenge,
  response,
  secret: response?.key ?? null,
  cause: 'mallory',
  purpose: null,
  run: 'alice>evil#1',
});
const rejected = (response: Response): Signal => ({
  type: 'rejected',
  connection: HERE,
  run: 'alice>evil#1',
  response,
  why: 'isBoundElsewhere',
  own: {} as Extract<Signal, { type: 'rejected' }>['own'], // no monitor reads it
});
const closed: Signal = { type: 'closed', connection: HERE };
const by = (credential: Parameters<typeof respond>[0]) =>
  respond(credential, challenge, { pairs: null, lm: false, mic: null });

const UNTAMPERED: readonly Row[] = [
  ['as it was sent', 'watching', issued, ran(right), accepted(right)],
  ['without its MIC', 'violated', issued, ran(right), accepted(withoutMic(right))],
  [
    'with another binding',
    'violated',
    issued,
    ran(right),
    accepted(withPairs(right, { binding: 'mailbox' })),
  ],
  ['to a challenge that was changed', 'violated', issued, ran(misled, STRIPPED), accepted(misled)],
  ['without a MIC from the start, and changed', 'watching', issued, ran(bare), accepted(misled)],
  [
    'one of two, the other of which was never accepted',
    'watching',
    issued,
    ran(misled, STRIPPED),
    ran(right),
    ran(right),
    accepted(right),
  ],
  [
    'one without a MIC, beside one that has a MIC',
    'watching',
    issued,
    ran(right),
    ran(bare),
    accepted(bare),
  ],
  [
    'changed, after two were sent in whichever order',
    'violated',
    issued,
    ran(bare),
    ran(right),
    accepted(withoutMic(right)),
  ],
  ['what nobody is known to have sent', 'watching', issued, accepted(right)],
  ['a password, which is no response', 'watching', issued, ran(null, null), accepted(null)],
  ['sent in answer to a challenge before', 'watching', ran(right), issued, accepted(misled)],
  [
    'sent before it was accepted once',
    'watching',
    issued,
    ran(right),
    accepted(right),
    accepted(misled),
  ],
  ['sent on a connection that closed', 'watching', issued, ran(right), closed, accepted(misled)],
  ['to a challenge that nobody issued', 'violated', ran(right), accepted(right)],
];

const REFUSED: readonly Row[] = [
  ["alice's response, computed with her key", 'refused', rejected(right)],
  [
    "one computed with somebody else's",
    'waiting',
    rejected(by({ ...ALICE, secret: { passwordOf: 'bob' } })),
  ],
  ["nobody's", 'waiting', rejected(by({ ...ALICE, secret: null }))],
];

const PROVED: readonly Row[] = [
  ['alice, to evil', 'proved', ran(right)],
  ['nobody', 'waiting', ran(null)],
];

export const AGAINST_ADVERSARIES = [
  hearing(untampered, undefined, UNTAMPERED),
  hearing(refusedWithKey, undefined, REFUSED),
  hearing(proved, undefined, PROVED),
] as const;
