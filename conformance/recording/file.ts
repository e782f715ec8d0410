/**
 * Recordings from files: captures, HTTP archives, network logs of Chromium, and the project's own
 * form. The content of a file decides which it is.
 */
import { readFileSync, statSync } from 'node:fs';
import { harRecording, type ReadOptions } from './har.ts';
import { parseJson } from './json.ts';
import { netLogRecording, wholeNetLog } from './net-log.ts';
import { ownRecording } from './own.ts';
import { captureRecording, isCapture } from './pcapng.ts';
import { BadRecording, type Recording } from './recording.ts';

export const BYTES_MAX = 64 * 2 ** 20;

/** @throws BadRecording for a file that cannot be read or has an error */
export function readRecording(path: string, options: ReadOptions = {}): Recording {
  const bytes = read(path);
  return isCapture(bytes) ? captureRecording(path, options) : recordingOf(bytes, options);
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
export function recordingOf(bytes: Uint8Array, options: ReadOptions = {}): Recording {
  const data = dataOf(textOf(bytes));
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
    throw new BadRecording('', 'is neither a capture nor UTF-8 text');
  }
}

const isObject = (data: unknown): data is object => typeof data === 'object' && data !== null;
