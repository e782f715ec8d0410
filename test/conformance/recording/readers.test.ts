/** Readers of recordings: results, error messages, and no other errors. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { recordingOf } from '../../../conformance/recording/file.ts';
import { harRecording } from '../../../conformance/recording/har.ts';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { making } from '../trace/support/making.ts';
import { harOf } from './support/har-of.ts';
import { netLogOf } from './support/net-log-of.ts';
import { bytesOf, problemOf, signIns } from './support/reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'double-hop-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Without who the parties are, which connection is called what, and when one opens. */
const essenceOf = ({ observations, connections }: Recording) =>
  observations
    .filter(({ what }) => what === 'request' || what === 'reply')
    .map(({ connection, ...rest }) => ({
      ...rest,
      on: connections.findIndex(({ id }) => id === connection),
    }));

const OPTIONS = { identityHeader: 'X-User' };

describe('an HTTP archive', () => {
  it('is read as it was recorded', () => {
    const recording = signIns();
    expect(essenceOf(harRecording(harOf(recording), OPTIONS))).toEqual(essenceOf(recording));
  });
  it('is read so of a proxy too, which is known by its headers', () => {
    const maker = making({ isProxy: true });
    const slot = maker.on('alice', 'http://proxy');
    slot.say('NTLM TlRMTVNTUAABAAAABYKIIgAAAAAoAAAAAAAAACgAAAAKAGFKAAAADw==', 'http://a.example/x');
    slot.challenges();
    const read = harRecording(harOf(maker.recording()), OPTIONS);
    expect(read.connections).toMatchObject([{ server: 'http://proxy', isProxy: true }]);
    expect(essenceOf(read)).toEqual(essenceOf(maker.recording()));
  });
  it('is put into the order of time, whatever the order of its entries', () => {
    const har = harOf(signIns());
    const turned = { log: { ...har.log, entries: har.log.entries.toReversed() } };
    expect(harRecording(turned).observations).toEqual(harRecording(har).observations);
  });
  it('leaves out HTTP/2 and what got no reply, and says so', () => {
    const har = harOf(signIns());
    const [entry] = har.log.entries;
    const others = [
      { ...entry!, request: { ...entry!.request, httpVersion: 'h2' } },
      { ...entry!, response: { ...entry!.response, status: 0 } },
    ];
    const { source, observations } = harRecording({
      log: { ...har.log, entries: [...others, ...har.log.entries] },
    });
    expect(source).toMatch(/2 entries that are not HTTP\/1\.1, or got no reply, left out/);
    expect(observations).toEqual(harRecording(har).observations);
  });

  const har = harOf(signIns());
  const changed = (change: (entry: (typeof har.log.entries)[number]) => object) => ({
    log: { ...har.log, entries: har.log.entries.map(change) },
  });
  it.each<[string, unknown, string]>([
    [
      'without sensitive data',
      changed((entry) => ({ ...entry, request: { ...entry.request, headers: [] } })),
      'has no Authorization, nor has any other, although servers ask for it: the archive was ' +
        'saved without sensitive data. Save it with ("Export HAR (with sensitive data)").',
    ],
    [
      'with nothing about signing in',
      changed((entry) => ({
        ...entry,
        request: { ...entry.request, headers: [] },
        response: { ...entry.response, status: 200, headers: [] },
      })),
      'no entry has a header about signing in.',
    ],
    [
      'without connections',
      changed(({ connection: _, ...entry }) => entry),
      'entry 1: does not say on which connection it was (HAR field "connection"), and NTLM signs ' +
        'connections in.',
    ],
    ['without entries', { log: { entries: [] } }, 'the archive has no entries'],
    [
      'of HTTP/2 alone',
      changed((entry) => ({ ...entry, request: { ...entry.request, httpVersion: 'h2' } })),
      'no entry is HTTP/1.1 with a reply',
    ],
    [
      'with a time that is none',
      changed((entry) => ({ ...entry, startedDateTime: 'today' })),
      'entry 1: startedDateTime is no time',
    ],
    [
      'with a URL that is none',
      changed((entry) => ({ ...entry, request: { ...entry.request, url: '/owa' } })),
      'entry 1, request: url must be a whole URL',
    ],
    [
      'with a header that is none',
      changed((entry) => ({ ...entry, request: { ...entry.request, headers: [{ name: 'A' }] } })),
      'entry 1, request, headers, 1, value: expected string, received undefined',
    ],
  ])('%s is refused', (_, archive, problem) => {
    expect(problemOf(() => harRecording(archive))).toContain(problem);
  });
});

describe('a network log of Chromium', () => {
  const recording = signIns();
  const log = netLogOf(recording);
  it('is read as it was recorded', () => {
    const read = recordingOf(bytesOf(log), OPTIONS);
    expect(essenceOf(read)).toEqual(essenceOf(recording));
    expect(read.source).toBe('a network log of Chromium 156.0');
  });
  it('is read as far as it goes, where the browser was ended while it wrote', () => {
    const text = `{"constants":${JSON.stringify(log.constants)},\n"events": [\n${log.events
      .map((event) => JSON.stringify(event))
      .join(',\n')}`;
    const cut = text.slice(0, text.length - 40);
    const read = essenceOf(recordingOf(bytesOf(cut), OPTIONS));
    expect(read.length).toBeGreaterThan(5);
    expect(essenceOf(recording).slice(0, read.length)).toEqual(read);
  });
  it('without credentials is refused', () => {
    const events = log.events.map((event) =>
      JSON.parse(JSON.stringify(event).replace(/NTLM TlRM[^"]*/, 'NTLM [43 bytes were stripped]')),
    );
    expect(problemOf(() => recordingOf(bytesOf({ ...log, events })))).toBe(
      'the log was taken without credentials: take it with ' +
        '--net-log-capture-mode=IncludeSensitive',
    );
  });
  it('without HTTP/1.1 is refused', () => {
    expect(problemOf(() => recordingOf(bytesOf({ ...log, events: [] })))).toBe(
      'the log has no HTTP/1.1 in it',
    );
  });
});

describe("the project's own form", () => {
  const recording = signIns();
  it('is read as it was written', () => {
    expect(recordingOf(bytesOf(recording))).toEqual(recording);
  });
  const [connection] = recording.connections;
  it.each<[string, unknown, string]>([
    [
      'broken',
      '{"format": "double-hop-recording/1",\n "source": }',
      'line 2, column 12: is not JSON: value expected',
    ],
    ['another format', { ...recording, format: 'x' }, 'format: expected "double-hop-recording/1"'],
    [
      'a connection twice',
      { ...recording, connections: [connection, connection] },
      'connection 2: c1 is there twice',
    ],
    [
      'no connection of that name',
      { ...recording, observations: [{ what: 'closed', connection: 'c9' }] },
      'observation 1: there is no connection c9',
    ],
    [
      'a status that is none',
      { ...recording, observations: [{ ...recording.observations.at(-1), status: 'OK' }] },
      'observation 1, status: expected number, received string',
    ],
    [
      'a server that is no origin',
      { ...recording, connections: [{ ...connection, server: 'mail' }] },
      'connection 1, server: it must be an origin, as "http://127.0.0.5:8081"',
    ],
    ['a list', [], 'is no recording: it must be an HTTP archive (HAR), a capture (pcapng)'],
    ['a field too many', { ...recording, secret: 1 }, 'Unrecognized key: "secret"'],
  ])('with %s is refused', (_, data, problem) => {
    expect(problemOf(() => recordingOf(bytesOf(data)))).toContain(problem);
  });
});
