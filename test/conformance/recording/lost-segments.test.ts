/**
 * What a capture lacks is left out, and named; and so is what lies behind a proxy.
 */
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { GET, REFUSED, read, saidIn, told } from './support/read-segments.ts';
import { problemOf, signIns } from './support/reading.ts';
import { captured } from './support/tcp.ts';
import { trafficOf } from './support/traffic.ts';

describe('what a capture lacks', () => {
  const recording = signIns();
  const whole = trafficOf(recording);
  const dataFrames = whole.filter(({ length }) => length > 0).map(({ frame }) => frame);
  it.each(dataFrames)('ends the judging of that connection: frame %i is lost', (frame) => {
    const { stream } = whole[frame - 1]!;
    const less = whole.filter((segment) => segment.frame !== frame);
    const result = read(less);
    const id = `stream ${stream}`;
    const omission = result.omissions?.find(({ connection }) => connection === id);
    expect(omission).toMatchObject({ reason: 'lost' });
    expect(captured(less)[omission!.frame! - 1]).toMatchObject({ stream });
    const own = (from: Recording, name: string) =>
      from.observations.filter((one) => one.connection === name).map(({ what }) => what);
    const before = whole.filter((one) => one.stream === stream && one.frame < frame && one.length);
    const all = own(recording, recording.connections[Number(stream)]!.id);
    expect(own(result, id)).toEqual(before.length === 0 ? [] : all.slice(0, 1 + before.length));
  });
  it('is nothing, where a segment is there again, or in another place', () => {
    const again = [...whole.slice(0, 6), ...whole.slice(3, 6), ...whole.slice(6)];
    expect(saidIn(read(again))).toEqual(saidIn(recording));
    const pieces = trafficOf(recording, { random: () => 0.9999 }); // of 51 bytes each
    const swapped = pieces.flatMap((segment, i) => {
      if (i % 2 === 1 || i + 1 === pieces.length) return i % 2 === 1 ? [] : [segment];
      return [pieces[i + 1]!, segment];
    });
    expect(saidIn(read(swapped))).toEqual(saidIn(read(pieces)));
    expect(read(swapped).omissions).toBe(undefined);
  });
  it('is the rest of each frame, where frames were cut off', () => {
    const cut = whole.map((one) => ({ ...one, data: one.data.subarray(0, 60) }));
    const result = read(cut);
    expect(result.omissions?.map(({ reason }) => reason)).toEqual(['lost', 'lost']);
    expect(result.observations.length).toBeLessThan(recording.observations.length);
  });
  it('is the beginning of a connection: all of that is left out', () => {
    const late = whole.filter(({ stream, flags }) => stream !== '0' || !flags.syn);
    const { omissions, observations } = read(late);
    expect(omissions).toEqual([{ connection: 'stream 0', reason: 'begun', frame: null }]);
    expect(observations.map(({ connection }) => connection)).not.toContain('stream 0');
    const all = whole.filter(({ flags }) => !flags.syn);
    expect(problemOf(() => read(all))).toBe(
      'all its connections had begun before it: start the capture first, then the client',
    );
  });
  it('is one of the first two segments: the other tells where the bytes begin', () => {
    for (const lost of [1, 2])
      expect(saidIn(read(whole.filter(({ frame }) => frame !== lost)))).toEqual(saidIn(recording));
    const [, answer, ...others] = whole;
    const late = [...others.slice(0, 9), answer!, ...others.slice(9)];
    expect(saidIn(read(late))).toEqual(saidIn(recording));
  });
  it('is all that one side sent', () => {
    const { from } = whole[0]!;
    const deaf = whole.filter((segment) => segment.from.address !== from.address);
    expect(read(deaf).omissions).toMatchObject([{ connection: 'stream 0', reason: 'lost' }]);
  });
});

describe('through a proxy', () => {
  const CONNECT = 'CONNECT b.example:80 HTTP/1.1\r\nHost: b.example\r\n\r\n';
  const TAKEN = 'HTTP/1.1 200 Connected\r\n\r\n';
  it('HTTP in a tunnel is a connection of its own', () => {
    const { said, connections, omissions } = told((talk) => {
      talk.says('client', CONNECT);
      talk.says('server', TAKEN);
      talk.says('client', GET);
      talk.says('server', REFUSED);
      talk.ends('client');
    });
    expect(connections).toMatchObject([
      { server: 'http://10.0.0.2:80', isProxy: true },
      { server: 'http://b.example', isProxy: false },
    ]);
    expect(said.toSorted()).toEqual(
      [
        'opened',
        'CONNECT b.example:80',
        '200',
        'closed',
        'opened',
        'GET /x',
        '401',
        'closed',
      ].toSorted(),
    );
    expect(omissions).toEqual([]);
  });
  it.each([
    ['encrypted', '\x16\x03\x01\x02\x00\x01', 'tunnelEncrypted null'],
    ['something else', 'SSH-2.0-OpenSSH_9.2p1\r\n', 'tunnelUnreadable null'],
  ])('what is %s in a tunnel is named', (_, text, omission) => {
    const { omissions } = told((talk) => {
      talk.says('client', CONNECT);
      talk.says('server', TAKEN);
      talk.says('client', text);
    });
    expect(omissions).toEqual([omission]);
  });
  it('a sign-in at a server behind it is named', () => {
    const { omissions, connections } = told((talk) => {
      talk.says('client', GET.replace('/x', 'http://b.example/x'));
      talk.says('server', REFUSED);
    });
    expect(connections).toMatchObject([{ isProxy: true }]);
    expect(omissions).toEqual(['beyondProxy null']);
  });
});
