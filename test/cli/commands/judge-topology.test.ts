/** `double-hop judge --topology`: the two sides of a reverse proxy. */
import { describe, expect, it } from 'vitest';
import { BadInput } from '../../../cli/input/bad-input.ts';
import { making, recorded } from '../../conformance/trace/support/making.ts';
import { MAILBOX, OWN, PROXY, pooled } from '../../conformance/trace/support/pooled.ts';
import { judging } from './judging.ts';

const POOLED = 'topologies/pooling-proxy.yaml';
const { run } = judging();

describe('--topology', () => {
  it('finds a request on the connection of another client, and ends with 1', () => {
    const { exit, lines } = run(pooled(OWN), { topology: POOLED });
    expect(exit).toBe(1);
    expect(lines[0]).toBe(
      'FILE: a behaviour of the model on each connection; a proxy mixes clients up',
    );
    const text = lines.join(' ').replace(/ +/g, ' ');
    expect(text).toContain(
      'Finding: proxy.test sends the request of bob on connection 3 (GET /owa/) on connection 2, ' +
        'which alice signed in as alice from connection 1, and is answered 200.',
    );
    expect(run(pooled(OWN)).exit).toBe(0);
  });
  it('says the same as data, and takes the origins of hosts from --host', () => {
    const host = [`mailbox=${MAILBOX}`, `proxy=${PROXY}`];
    const { exit, lines } = run(pooled(OWN), { topology: POOLED, host, json: true });
    expect(exit).toBe(1);
    expect(JSON.parse(lines.join('\n'))).toMatchObject({
      verdict: 'behaviour',
      acrossProxies: { matched: 5, findings: [expect.stringContaining('the request of bob')] },
    });
  });
  it('says that it found nothing, or that it saw one side alone', () => {
    const maker = making();
    const [client, upstream] = [maker.on('alice', PROXY), maker.on('proxy', MAILBOX)];
    client.bare();
    upstream.bare();
    maker.on('carol', MAILBOX).signsIn();
    const matched = run(maker.recording(), { topology: POOLED });
    expect(matched.exit).toBe(0);
    expect(matched.lines).toContain(
      '1 request was seen on both sides of a proxy, and no client was mixed up with another.',
    );
    const alone = run(
      recorded((c) => c.signsIn()),
      { topology: POOLED },
    );
    expect(alone.exit).toBe(0);
    expect(alone.lines).toContain(
      'Note: no request was seen on both sides of a proxy, so the sides were not compared.',
    );
  });
  it.each([
    [{ host: ['proxy=http://x'] }, '--host needs --topology: it names a server of the recording'],
    [
      { topology: 'topologies/relay.yaml' },
      '--topology: relay has no reverse proxy, a host with "paths"',
    ],
    [{ topology: POOLED, host: ['prox=http://x'] }, '(did you mean "proxy"?)'],
    [{ topology: 'no-such.yaml' }, 'no-such.yaml: no such file'],
  ])('%j is refused with a message', (options, message) => {
    expect(() => run(pooled(OWN), options)).toThrow(BadInput);
    expect(() => run(pooled(OWN), options)).toThrow(message);
  });
});
