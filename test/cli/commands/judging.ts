/** Runs `double-hop judge` in this process. */
import { type JudgeCommandOptions, judgeFile } from '../../../cli/commands/judge.ts';
import { ALICE } from '../../conformance/trace/support/making.ts';
import { ioInto, ownFolder } from '../running.ts';

const DEFAULTS: JudgeCommandOptions = {
  user: undefined,
  password: undefined,
  side: 'both',
  policy: undefined,
  as: undefined,
  identityHeader: undefined,
  topology: undefined,
  host: [],
  redact: undefined,
  maxSeconds: 600,
  json: false,
};
export const ENV = { DOUBLE_HOP_PASSWORD: ALICE.password };

/** Judges recordings in a folder that is removed after the tests of the file that calls this. */
export function judging() {
  const { folder, file } = ownFolder();
  let files = 0;

  /** Writes a recording. @returns its path. */
  function fileOf(data: unknown): string {
    files += 1;
    return file(`recording-${files}.json`, typeof data === 'string' ? data : JSON.stringify(data));
  }

  function run(
    data: unknown,
    options: Partial<JudgeCommandOptions> = {},
    env: NodeJS.ProcessEnv = {},
  ) {
    const lines: string[] = [];
    const io = ioInto(lines);
    const path = fileOf(data);
    const exit = judgeFile(path, { ...DEFAULTS, ...options }, io, env);
    return { exit, lines: lines.map((line) => line.replace(path, 'FILE')), path };
  }

  return { folder, fileOf, run };
}
