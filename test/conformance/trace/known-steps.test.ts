/** Steps are computed once, on however many connections they happen, and between whomever. */
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { CLIENTS } from '../../../conformance/trace/client-run.ts';
import { observationsOf } from '../../../conformance/trace/observations.ts';
import { SERVERS } from '../../../conformance/trace/server-run.ts';
import { traceSessionOf } from '../../../conformance/trace/trace-session.ts';
import { EVERY_POLICY, SOUND_DEFENCES } from '../../../conformance/trace/trace-validation.ts';
import { verdictOf } from './support/judging.ts';
import { ALICE, BOB, MISTYPED, making, SECRETS } from './support/making.ts';

/** The number of steps that are computed for a recording. */
function stepsFor(recording: Recording): number {
  const observations = observationsOf(recording, new Map());
  const session = traceSessionOf(observations, {
    sides: 'both',
    policies: EVERY_POLICY,
    defences: SOUND_DEFENCES,
    divergences: [],
    pages: 'anything',
    machines: { server: SERVERS, client: CLIENTS },
  });
  for (const [i, seen] of observations.seen.entries()) {
    const { server } = session.connection(seen.connection);
    session.hypotheses.set(server, session.after(session.before(seen.connection), seen, i));
  }
  return session.steps();
}

const signIns = (connections: number, serverOf: (i: number) => string, pages = 0) => {
  const maker = making();
  for (let i = 0; i < connections; i += 1) {
    const slot = maker.on('alice', serverOf(i));
    slot.signsIn();
    for (let page = 0; page < pages; page += 1) {
      slot.bare();
      slot.ok();
    }
  }
  return maker.recording();
};

describe('the steps that are computed', () => {
  it('are as many for 60 connections to 60 servers as for 3 to 3', () => {
    const own = (i: number) => `http://10.0.0.${i}:8080`;
    expect(stepsFor(signIns(60, own))).toBe(stepsFor(signIns(3, own)));
  });
  it('are as many for 60 connections to one server as for 30', () => {
    const one = () => 'http://10.0.0.1';
    expect(stepsFor(signIns(60, one))).toBe(stepsFor(signIns(30, one)));
  });
  it('are as many for 300 pages on one connection as for 30', () => {
    const one = () => 'http://10.0.0.1';
    expect(stepsFor(signIns(1, one, 300))).toBe(stepsFor(signIns(1, one, 30)));
  });
});

describe('a step on one connection', () => {
  it('is not taken for that on another, where another challenge is answered', () => {
    const maker = making();
    const [one, other] = [maker.on('alice'), maker.on('alice')];
    one.signsIn();
    other.bare();
    other.unauthorized();
    other.negotiate();
    other.challenges();
    other.authenticate(ALICE, one.challenge());
    expect(verdictOf(maker.recording()).why).toBe(
      'on connection 2, alice sends an AUTHENTICATE that answers a challenge of connection 1',
    );
  });
  it('is not taken for that of another user, or of a wrong password', () => {
    const maker = making();
    maker.on('alice').signsIn(ALICE, 'alice');
    maker.on('bob').signsIn(BOB, 'bob');
    expect(verdictOf(maker.recording(), { secrets: SECRETS }).isBehaviour).toBe(true);
    maker.on('bob').signsIn(BOB, 'alice');
    expect(verdictOf(maker.recording(), { secrets: SECRETS }).why).toBe(
      'on connection 3, 127.0.0.5:8081 answers 200 as alice, although the connection is signed in as bob',
    );
    const wrong = making();
    wrong.on('alice').signsIn(ALICE);
    wrong.on('alice').signsIn(MISTYPED);
    expect(verdictOf(wrong.recording(), { secrets: SECRETS })).toMatchObject({ accepted: 13 });
  });
});
