/** Archives that do not say which entries were on one connection, and those through proxies. */
import { describe, expect, it } from 'vitest';
import { readRecording } from '../../../conformance/recording/file.ts';
import { harRecording } from '../../../conformance/recording/har.ts';
import { redactedHar } from '../../../conformance/recording/redact-har.ts';
import { ALICE, MISTYPED, recorded } from '../trace/support/making.ts';
import { harOf } from './support/har-of.ts';
import { problemOf, signIns } from './support/reading.ts';

const FIREFOX = 'test/conformance/recording/fixtures/09-firefox-two-connections-one-port.har';
const PORT_FOR_NAME = 'the port of the server in "connection", so it does not say which entries';

type Archive = ReturnType<typeof harOf>;
type Entry = Archive['log']['entries'][number] & Readonly<Record<string, unknown>>;
const changed = (
  archive: Archive,
  change: (entry: Entry, i: number) => object,
  by = 'a proxy',
) => ({
  log: { ...archive.log, creator: { name: by }, entries: archive.log.entries.map(change) },
});

const ntlm = harOf(signIns());
const basic = harOf(
  recorded((c) => {
    c.basic(ALICE);
    c.ok();
    c.basic(MISTYPED);
    c.ok();
  }),
);

describe('an archive in which a connection is called by the port of its server', () => {
  it.each([
    ['is of Firefox, as it says', 'Firefox', '3128'],
    ['is of another program', 'a proxy', '8081'],
  ])('is refused where it has NTLM: it %s', (_, by, connection) => {
    const archive = changed(ntlm, (entry) => ({ ...entry, connection }), by);
    expect(problemOf(() => harRecording(archive))).toContain(PORT_FOR_NAME);
  });
  it('is refused as it was saved', () => {
    expect(problemOf(() => readRecording(FIREFOX))).toContain(`Firefox writes ${PORT_FOR_NAME}`);
  });
  it('is not one where another entry has another name, or the name is a number', () => {
    const named = (entry: Entry, i: number) => ({
      ...entry,
      connection: i === 0 ? '8081' : '8082',
    });
    expect(problemOf(() => harRecording(changed(ntlm, named)))).not.toContain(PORT_FOR_NAME);
    const numbers = (entry: Entry) => ({ ...entry, connection: Number(entry.connection.slice(1)) });
    expect(problemOf(() => harRecording(changed(ntlm, numbers)))).toBe('none');
  });
  it('is read where it has only Basic, each entry apart, and is so after it is redacted', () => {
    const archive = changed(basic, (entry) => ({ ...entry, connection: 8081 }), 'Firefox');
    expect(harRecording(archive).connections.length).toBe(2);
    expect(harRecording(redactedHar(archive)).connections.length).toBe(2);
  });
});

describe('an archive in which one name stands for several connections', () => {
  const timings = { blocked: 0, dns: -1, connect: 0, send: 1, wait: 200, receive: 0 };
  it('is refused where a request was sent before the last was answered', () => {
    const archive = changed(ntlm, (entry) => ({ ...entry, timings }));
    expect(problemOf(() => harRecording(archive))).toMatch(
      /^entry 2: was sent before the reply of entry 1, and both are on one "connection"/,
    );
  });
  it('is none where the request only waited for the connection', () => {
    const waiting = (entry: Entry, i: number) => ({
      ...entry,
      timings: { ...timings, blocked: i * 201 },
    });
    expect(problemOf(() => harRecording(changed(ntlm, waiting)))).toBe('none');
  });
  it('is refused where its entries went to two addresses', () => {
    const there = (entry: Entry, i: number) => ({ ...entry, serverIPAddress: `10.0.0.${i}` });
    expect(problemOf(() => harRecording(changed(ntlm, there)))).toMatch(
      /^entry 2: went to another address than entry 1/,
    );
    const same = (entry: Entry) => ({ ...entry, serverIPAddress: '10.0.0.1' });
    expect(problemOf(() => harRecording(changed(ntlm, same)))).toBe('none');
  });
});

describe('an archive of a connection to a proxy', () => {
  const header = (name: string, value: string) => ({ name, value });
  const entry = (status: number, from: readonly object[], to: readonly object[] = []) => ({
    startedDateTime: new Date(Date.UTC(2026, 0, 1)).toISOString(),
    connection: '7',
    request: { method: 'GET', url: 'http://b.example/x', headers: to },
    response: { status, headers: from },
  });
  const refused = entry(407, [header('Proxy-Authenticate', 'NTLM')]);
  const later = entry(200, []);
  const ours = [header('Proxy-Authorization', 'NTLM TlRMTVNTUAABAAAA')];
  it('is of one connection, also where later requests have no header for the proxy', () => {
    const { connections, omissions } = harRecording({ log: { entries: [refused, later] } });
    expect(connections).toMatchObject([{ server: 'http://proxy', isProxy: true }]);
    expect(omissions).toBe(undefined);
  });
  it.each([
    ['asked for', entry(401, [header('WWW-Authenticate', 'NTLM')], ours)],
    ['begun', entry(200, [], [header('Authorization', 'NTLM TlRMTVNTUAABAAAA')])],
  ])('names the sign-in at a server behind it that is %s', (_, beyond) => {
    const { omissions } = harRecording({ log: { entries: [refused, beyond] } });
    expect(omissions).toEqual([{ connection: 'proxy 7', reason: 'beyondProxy', frame: null }]);
  });
});
