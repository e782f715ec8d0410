/** The package as a stranger has it: packed, and unpacked into a folder of its own; no network. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { packageRoot } from '../../cli/package.ts';

const PACKING = 120_000; // milliseconds: 16 MB to compress, on a machine that does other things

const PACKAGE = 'node_modules/double-hop';

export type Packed = {
  readonly folder: string;
  /** @returns the file's path. */
  readonly file: (name: string, text: string) => string;
  /** Runs Node in the folder. */
  readonly node: (...args: readonly string[]) => Ran;
  /** Runs the command `double-hop` where the package is. */
  readonly doubleHop: (...args: readonly string[]) => Ran;
};

type Ran = { readonly exit: number | null; readonly stdout: string; readonly stderr: string };

/**
 * A folder with the package and its dependencies in `node_modules`, removed after the tests of the
 * file.
 *
 * @param others - packages that the stranger installs beside it.
 */
export function packed(...others: readonly string[]): () => Packed {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'double-hop-packed-'));
    install(folder, others);
  }, PACKING);
  afterAll(() => rmSync(folder, { recursive: true, force: true }), PACKING);
  return () => ({
    folder,
    file(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    node: (...args) => ran(folder, args),
    doubleHop: (...args) => ran(join(folder, PACKAGE), ['dist/cli/main.js', ...args]),
  });
}

function ran(cwd: string, args: readonly string[]): Ran {
  const options = { cwd, encoding: 'utf8', timeout: 100_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  return { exit: status, stdout, stderr };
}

function install(folder: string, others: readonly string[]): void {
  const own = join(folder, PACKAGE);
  mkdirSync(own, { recursive: true });
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const archive = execFileSync('npm', pack, { cwd: packageRoot, encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', own, '--strip-components', '1']);
  const { dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  for (const name of [...Object.keys(dependencies), ...others]) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(packageRoot, 'node_modules', name), link);
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
}
