/** Runs `double-hop judge` in this process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type JudgeCommandOptions, judgeFile } from '../../../cli/commands/judge.ts';
import type { Io } from '../../../cli/output/io.ts';
import { ALICE } from '../../conformance/trace/support/making.ts';

export const folder = mkdtempSync(join(tmpdir(), 'double-hop-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DEFAULTS: JudgeCommandOptions = {
  user: undefined,
  password: undefined,
  side: 'both',
  policy: undefined,
  as: undefined,
  identityHeader: undefined,
  redact: undefined,
  json: false,
};
export const ENV = { DOUBLE_HOP_PASSWORD: ALICE.password };

let files = 0;
export function fileOf(data: unknown): string {
  files += 1;
  const path = join(folder, `recording-${files}.json`);
  writeFileSync(path, typeof data === 'string' ? data : JSON.stringify(data));
  return path;
}

export function run(
  data: unknown,
  options: Partial<JudgeCommandOptions> = {},
  env: NodeJS.ProcessEnv = {},
) {
  const lines: string[] = [];
  const io: Io = {
    out: (text) => lines.push(...text.split('\n')),
    progress: () => {},
    columns: 100,
    emphasis: (_, text) => text,
  };
  const path = fileOf(data);
  const exit = judgeFile(path, { ...DEFAULTS, ...options }, io, env);
  return { exit, lines: lines.map((line) => line.replace(path, 'FILE')), path };
}
