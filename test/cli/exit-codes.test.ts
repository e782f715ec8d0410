/** Each end of the command has its own exit code; 1 is a violation, and never a defect of ours. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../cli/output/io.ts';
import { packageRoot } from '../../cli/package.ts';
import { runCommand } from '../../cli/program.ts';
import { MAIN, preloading, run } from './running.ts';

const shell = (command: string, ...args: readonly string[]) => {
  const script = `set -o pipefail; "$@" ${command}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...args], {
    cwd: packageRoot,
    encoding: 'utf8',
  });
  return { exit: status, stdout, stderr };
};
/** Runs the script after the first output. */
const whenPrinting = (script: string) => `
  const { stdout } = process;
  const { write } = stdout;
  stdout.write = (...args) => {
    stdout.write = write;
    setImmediate(() => { ${script} });
    return write.apply(stdout, args);
  };
`;
const command = (...args: readonly string[]) => [process.execPath, MAIN, ...args];

describe('a defect of ours', () => {
  it('ends with 70 and one line, which quotes nothing raw', async () => {
    let stderr = '';
    const exit = await runCommand(['check', '--claim', 'confinement'], {
      stdout: {
        write: () => {
          throw new TypeError('x is\nnot \x1b[31ma function');
        },
      },
      stderr: {
        write: (text) => {
          stderr += text;
        },
      },
      env: {},
    });
    expect(exit).toBe(70);
    expect(stderr).toMatch(/^double-hop: this is a defect of double-hop, .*, at cli\/\S+\n$/);
    expect(stderr).toContain(': TypeError: x is\\nnot \\u001b[31ma function, at');
  });

  it.each([
    ['an event', 'setImmediate(() => { throw new TypeError("of an event"); })'],
    ['a promise', 'Promise.reject(new TypeError("of a promise"))'],
  ])('in %s ends with 70 and one line', (_, script) => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [...preloading(whenPrinting(script)), MAIN, 'check', '--claim', 'confinement'],
      { cwd: packageRoot, encoding: 'utf8' },
    );
    expect(status).toBe(70);
    expect(stderr).toMatch(/^double-hop: this is a defect .*: TypeError: of an? \w+.*\n$/);
  });
});

const full = 'no space left on the device';

describe.runIf(existsSync('/dev/full'))('an output that cannot be written', () => {
  it.each([
    ['check', '--claim', 'confinement'],
    ['check', '--claim', 'confinement', '--json'],
    ['--help'],
    ['schema'],
    ['trace', 'confinement'],
    ['walk', '--runs', '4'],
  ])('ends with 74 and one line: %s', (...args) => {
    expect(shell('> /dev/full', ...command(...args))).toEqual({
      exit: 74,
      stdout: '',
      stderr: `double-hop: the output cannot be written: ${full}; it is not complete\n`,
    });
  });

  it('is no failed comparison of the bench', () => {
    const bench = join(packageRoot, 'dist/cli/bench/main.js');
    const { exit, stderr } = shell('> /dev/full', process.execPath, bench, '--help');
    expect([exit, stderr]).toEqual([70, 'bench: Error: ENOSPC: no space left on device, write\n']);
  });

  it('for messages changes nothing', () => {
    expect(shell('2> /dev/full', ...command('check', 'nowhere.yaml')).exit).toBe(2);
  });
});

describe('a reader that leaves early', () => {
  it('ends it quietly, with 141', () => {
    const { exit, stdout, stderr } = shell(
      '| true',
      ...command('check', '--claim', 'confinement', '--json'),
    );
    expect([exit, stdout, stderr]).toEqual([141, '', '']);
  });
});

describe('every exit code', () => {
  it.each([
    'check',
    'walk',
    'trace',
    'mutate',
    'prove',
    'inspect',
    'export',
    'judge',
    'conform',
    'schema',
  ])('that all commands have is in the help of %s', async (name) => {
    const { stdout } = await run(name, '--help');
    for (const code of [EXIT.defect, EXIT.output, EXIT.closedOutput])
      expect(stdout).toMatch(new RegExp(`^ {2}${code} +\\S`, 'm'));
  });

  it('is in the help of double-hop, and in the README', async () => {
    const { stdout } = await run('--help');
    const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8').replace(/\s+/g, ' ');
    const [, said = ''] = /(Exit code 0: .*?)`--json` prints/.exec(readme) ?? [];
    for (const code of Object.values(EXIT)) {
      expect(stdout).toMatch(new RegExp(`^ {2}${code} +\\S`, 'm'));
      expect(said).toMatch(new RegExp(`\\b${code}: |code ${code}: `));
    }
  });

  it.each(['conform', 'judge'])('of %s is in its page', async (name) => {
    const { stdout } = await run(name, '--help');
    const page = readFileSync(join(packageRoot, 'docs', `${name}.md`), 'utf8');
    const codes = [...stdout.matchAll(/^ {2}(\d+) /gm)].map(([, code]) => code);
    expect([...page.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => code)).toEqual(codes);
  });
});
