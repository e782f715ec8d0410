/** Recordings as users reported them, in `test/conformance/trace/fixtures/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownRecording } from '../../../../conformance/recording/own.ts';
import type { Recording } from '../../../../conformance/recording/recording.ts';

const FOLDER = join(import.meta.dirname, '../fixtures');

export const fixturePath = (name: string): string => join(FOLDER, `${name}.json`);

export const fixture = (name: string): Recording =>
  ownRecording(JSON.parse(readFileSync(fixturePath(name), 'utf8')));
