/** `double-hop trace --recording` of a violation: a recording beside the counterexample. */
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { making } from '../../conformance/trace/support/making.ts';
import { MAILBOX, OWN, PROXY, pooled } from '../../conformance/trace/support/pooled.ts';
import { ownFolder, run } from '../running.ts';

const POOLED = 'topologies/pooling-proxy.yaml';
const { file } = ownFolder();

const traced = (recording: Recording) =>
  run(
    ...['trace', 'served-as-owner', POOLED],
    ...['--recording', file('pooled.json', JSON.stringify(recording))],
    ...['--host', `proxy=${PROXY}`, `mailbox=${MAILBOX}`],
  );

describe('a recording of a violation', () => {
  it('is the counterexample, step by step', async () => {
    const { exit, stdout, stderr } = await traced(pooled(OWN));
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toContain('pooling-proxy, as recorded: served-as-owner violated');
    expect(stdout).toContain('It is the counterexample, in all 25 steps.');
  });
  it('is one in another order, and it prints both first steps that differ', async () => {
    const { exit, stdout } = await traced(pooled(OWN, { isEarly: false }));
    expect(exit).toBe(0);
    expect(stdout).toContain('It is the same as the counterexample, of 25 steps, up to step 3.');
    expect(stdout).toMatch(/Step 4 of the counterexample: bob opens the mailbox page at proxy/);
    expect(stdout).toMatch(/Step 4 of the recorded run: mailbox receives a request without/);
  });
  it('is one where its clients are named by address', async () => {
    const addresses = { alice: '10.0.0.7', bob: '10.0.0.8', proxy: '10.0.0.9' };
    const { exit, stdout } = await traced(pooled(addresses));
    expect(exit).toBe(0);
    expect(stdout).toContain('It is the counterexample, in all 25 steps.');
  });
  it('is none where it ends before the violation, and says so', async () => {
    const whole = pooled(OWN);
    const short = { ...whole, observations: whole.observations.slice(0, -1) };
    const { exit, stdout } = await traced(short);
    expect(exit).toBe(1);
    expect(stdout).toContain(
      'no run of pooling-proxy violates served-as-owner and sends these messages',
    );
    expect(stdout).toContain('A run that does not violate served-as-owner sends them all.');
    expect(stdout).toContain('up to step 24.');
  });
  it('is none where the server refuses the second user, and says what the server would do', async () => {
    const { exit, stdout } = await traced(pooled(OWN, { bobs: 'refused' }));
    expect(exit).toBe(1);
    expect(stdout).toContain('A run of the model sends the first 18 messages.');
    expect(stdout).toContain('proxy>mailbox#1: http.ok');
  });
  it('is none where it leaves the topology, and names the message', async () => {
    const maker = making();
    const hers = maker.on('alice', PROXY);
    hers.bare();
    hers.ok();
    const path = file('left.json', JSON.stringify(maker.recording()));
    const { exit, stdout } = await run('trace', 'served-as-owner', POOLED, '--recording', path);
    expect(exit).toBe(1);
    expect(stdout).toContain('A run of the model sends the first message.');
  });
  it('of what never ends is a run up to its end', async () => {
    const maker = making();
    const hers = maker.on('alice', PROXY);
    const upstream = maker.on('proxy', MAILBOX);
    hers.bare();
    upstream.bare();
    upstream.unauthorized();
    hers.unauthorized();
    const path = file('endless.json', JSON.stringify(maker.recording()));
    const { exit, stdout } = await run(
      ...['trace', 'sign-in-completes', 'examples/extended-protection.yaml', '--recording', path],
    );
    expect(exit).toBe(0);
    expect(stdout).toContain('It is the same as the counterexample, of');
    expect(stdout).toContain('A recording ends, so it shows the run up to its end');
  });
  it('of what never ends is one where the proxy closes its connections, recorded or not', async () => {
    for (const isClosed of [true, false]) {
      const maker = making();
      const hers = maker.on('alice', PROXY);
      for (let round = 0; round < 2; round += 1) {
        const upstream = maker.on('proxy', MAILBOX);
        hers.bare();
        upstream.bare();
        upstream.unauthorized();
        if (isClosed || round === 0) upstream.closed();
        hers.unauthorized();
      }
      const path = file('closing.json', JSON.stringify(maker.recording()));
      const { exit, stdout } = await run(
        ...['trace', 'sign-in-completes', 'topologies/closing-proxy.yaml', '--recording', path],
      );
      expect(stdout).toContain('It is the same as the counterexample, of');
      expect(exit).toBe(0);
    }
  });
});
