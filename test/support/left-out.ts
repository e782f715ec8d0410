/** Says which tests are left out on this machine, for want of what, and how to get it. */
import { spawnSync } from 'node:child_process';
import { spinVersion } from '../../cli/bench/measure/spin.ts';
import { inCi, missing, REQUIREMENTS } from '../../lab/requirements.ts';

/** Called once by vitest, before the tests of the laboratory. In CI what is missing is an error. */
export default function setup(): void {
  if (inCi) return;
  const absent = missing(Object.values(REQUIREMENTS)).map(({ name, provides }) => ({
    name,
    provides,
  }));
  if (spinVersion() === null)
    absent.push({ name: 'SPIN and gcc', provides: 'apt-get install spin gcc libc6-dev' });
  for (const solver of ['z3', 'cvc5'])
    if (spawnSync(solver, ['--version']).error !== undefined)
      absent.push({ name: solver, provides: `apt-get install ${solver}` });
  if (absent.length === 0) return;
  const lines = absent.map(({ name, provides }) => `  ${name}: ${provides}`);
  process.stdout.write(
    `Tests that need any of these are left out:\n${lines.join('\n')}\n` +
      'Everything at once: see `.ci/run`.\n\n',
  );
}
