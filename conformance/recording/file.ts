/**
 * Recordings from files: captures, HTTP archives, network logs of Chromium, and the project's own
 * form, each also compressed by gzip. The content of a file decides which it is.
 */
import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { captureRecording } from './capture/capture.ts';
import { isCapture, isGzip, unreadFormat } from './capture/file-formats.ts';
import { harRecording, type ReadOptions } from './har.ts';
import { parseJson } from './json.ts';
import { netLogRecording, wholeNetLog } from './net-log.ts';
import { ownRecording } from './own.ts';
import { BadRecording, type Recording } from './recording.ts';

export const BYTES_MAX = 64 * 2 ** 20;

/** @throws BadRecording for a file that cannot be read or has an error */
export const readRecording = (path: string, options: ReadOptions = {}): Recording =>
  readFile(path, options).recording;

/** A recording, and the data of the HTTP archive that it is from. Null: it is from no archive. */
export type RecordingFile = { readonly recording: Recording; readonly archive: object | null };

/** The same, with the archive. A file may be compressed by gzip. */
export function readFile(path: string, options: ReadOptions = {}): RecordingFile {
  const bytes = unpacked(read(path));
  if (isCapture(bytes)) return { recording: captureRecording(path, options), archive: null };
  const data = contentOf(bytes);
  const isArchive = isObject(data) && !('format' in data) && 'log' in data;
  return { recording: recordingIn(data, options), archive: isArchive ? data : null };
}

function unpacked(bytes: Uint8Array): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: BYTES_MAX });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new BadRecording(
      '',
      code === 'ERR_BUFFER_TOO_LARGE'
        ? `has more than ${BYTES_MAX} bytes when it is unpacked; it must have at most that many`
        : 'is compressed by gzip, and broken',
    );
  }
}

function read(path: string): Uint8Array {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new BadRecording('', 'is no file');
    if (stats.size > BYTES_MAX)
      throw new BadRecording('', `has ${stats.size} bytes; it must have at most ${BYTES_MAX}`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof BadRecording) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new BadRecording('', code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`);
  }
}

/** The same, of the bytes of a file that is no capture. */
export const recordingOf = (bytes: Uint8Array, options: ReadOptions = {}): Recording =>
  recordingIn(contentOf(unpacked(bytes)), options);

function contentOf(bytes: Uint8Array): unknown {
  const format = unreadFormat(bytes);
  if (format !== null) throw new BadRecording('', `is no recording, but ${format}`);
  return dataOf(textOf(bytes));
}

function recordingIn(data: unknown, options: ReadOptions): Recording {
  if (isObject(data)) {
    if ('format' in data) return ownRecording(data);
    if ('log' in data) return harRecording(data, options);
    if ('constants' in data && 'events' in data) return netLogRecording(data, options);
  }
  throw new BadRecording(
    '',
    'is no recording: it must be an HTTP archive (HAR), a capture (pcapng), a network log of ' +
      'Chromium, or a double-hop-recording/1',
  );
}

function dataOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    const whole = wholeNetLog(text);
    if (whole === null) throw error;
    return parseJson(whole);
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadRecording(
      '',
      'is neither a capture that tshark reads nor UTF-8 text; a trace of another tool (.etl) must ' +
        'be converted to pcapng first',
    );
  }
}

const isObject = (data: unknown): data is object => typeof data === 'object' && data !== null;
