/** Files that are none, and whatever else there is: nothing but BadRecording is ever thrown. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { BYTES_MAX, readRecording, recordingOf } from '../../../conformance/recording/file.ts';
import { harOf } from './support/har-of.ts';
import { netLogOf } from './support/net-log-of.ts';
import { bytesOf, problemOf, signIns } from './support/reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'double-hop-'));
afterAll(() => rmSync(folder, { recursive: true }));

const OPTIONS = { identityHeader: 'X-User' };

describe('a file', () => {
  const path = (name: string) => join(folder, name);
  it('that is not there, or is a folder, or too large, is refused', () => {
    writeFileSync(path('large'), '');
    truncateSync(path('large'), BYTES_MAX + 1);
    expect(problemOf(() => readRecording(path('none')))).toBe('no such file');
    expect(problemOf(() => readRecording(folder))).toBe('is no file');
    expect(problemOf(() => readRecording(path('large')))).toBe(
      'has 67108865 bytes; it must have at most 67108864',
    );
  });
  it('that is binary is refused', () => {
    expect(problemOf(() => recordingOf(Uint8Array.of(0xff, 0xfe, 0)))).toBe(
      'is neither a capture that tshark reads nor UTF-8 text; a trace of another tool (.etl) must ' +
        'be converted to pcapng first',
    );
  });
  it.each([
    ['PK\x03\x04', 'is no recording, but a ZIP archive (as the sessions of Fiddler, .saz, are)'],
    ['\x28\xb5\x2f\xfd', 'is no recording, but compressed by zstd: unpack it first'],
    ['ElfFile\0', 'is no recording, but a Windows event log'],
  ])('of another format is refused with its name: %j', (magic, problem) => {
    expect(problemOf(() => recordingOf(Buffer.from(magic, 'latin1')))).toContain(problem);
  });
  it('that is compressed by gzip is read, unless it is too large or broken', () => {
    const recording = signIns();
    const zipped = gzipSync(bytesOf(recording));
    expect(recordingOf(zipped)).toEqual(recording);
    writeFileSync(path('own.json.gz'), zipped);
    expect(readRecording(path('own.json.gz'))).toEqual(recording);
    const bomb = gzipSync(Buffer.alloc(BYTES_MAX + 1, ' '));
    expect(problemOf(() => recordingOf(bomb))).toBe(
      'has more than 67108864 bytes when it is unpacked; it must have at most that many',
    );
    expect(problemOf(() => recordingOf(zipped.subarray(0, 40)))).toBe(
      'is compressed by gzip, and broken',
    );
  });
  it('that is nested deep is refused', () => {
    expect(problemOf(() => recordingOf(bytesOf('['.repeat(1_000_000))))).toMatch(/is not JSON/);
  });
});

describe('whatever the input', () => {
  const sound = [harOf(signIns()), netLogOf(signIns()), signIns()].map((data) =>
    JSON.stringify(data),
  );
  const isRefusedOrRead = (bytes: Uint8Array) => {
    const problem = problemOf(() => recordingOf(bytes, OPTIONS));
    expect(typeof problem).toBe('string');
  };
  it('nothing but BadRecording is thrown of bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), isRefusedOrRead), { numRuns: 300 });
  });
  it('nor of JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (json) => {
        isRefusedOrRead(bytesOf(json));
        isRefusedOrRead(bytesOf(`{"log": {"entries": ${json}}}`));
        isRefusedOrRead(bytesOf(`{"log": {"entries": [${json}]}}`));
        isRefusedOrRead(bytesOf(`{"constants": {}, "events": ${json}}`));
        isRefusedOrRead(bytesOf(`{"format": "double-hop-recording/1", "observations": ${json}}`));
      }),
      { numRuns: 200 },
    );
  });
  it('nor of sound ones with something in them changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sound),
        fc.nat(),
        fc.nat({ max: 30 }),
        fc.constantFrom('', '"', 'null', '-1', '[]', '\u0000', '9e99', '{'),
        (text, at, length, put) => {
          const start = at % text.length;
          isRefusedOrRead(bytesOf(text.slice(0, start) + put + text.slice(start + length)));
        },
      ),
      { numRuns: 400 },
    );
  });
  it('nor of sound ones in which one value is another', () => {
    const other = fc.jsonValue({ maxDepth: 2 });
    fc.assert(
      fc.property(fc.constantFrom(...sound), fc.nat(), other, (text, nth, value) => {
        let count = 0;
        const total = [...text.matchAll(/[:[,]/g)].length;
        const changed: unknown = JSON.parse(text, (_, old: unknown) => {
          count += 1;
          return count === nth % total ? value : old;
        });
        isRefusedOrRead(bytesOf(changed));
      }),
      { numRuns: 400 },
    );
  });
});
