/** Our side: a new Node process for every round. */
import { fileURLToPath } from 'node:url';
import { SYSTEMS, type SystemKey } from '../bench-systems.ts';
import { type Contestant, WrongCount } from '../measure/alternate.ts';
import { metered } from '../measure/meter.ts';
import { run } from '../measure/run-process.ts';
import type { ExploreOutput } from '../programs/found.ts';

/** The path of a built program of the bench. */
export const programOf = (name: 'adjacency' | 'explore' | 'sequences' | 'write-promela'): string =>
  fileURLToPath(new URL(`../programs/${name}.js`, import.meta.url));

/** The path of the built `double-hop` command. */
export const COMMAND = fileURLToPath(new URL('../../main.js', import.meta.url));

export const OURS = 'double-hop';

const SECONDS_MAX = 900;

export function explorer(key: SystemKey): Contestant {
  const args = [programOf('explore'), key];
  return {
    name: OURS,
    amount: SYSTEMS[key].states,
    async round() {
      const measured = await metered(() => run(process.execPath, args, SECONDS_MAX));
      const { stdout, seconds } = measured.result;
      const { depth, against, ...counts } = JSON.parse(stdout) as ExploreOutput;
      agree(key, OURS, counts);
      if (depth !== SYSTEMS[key].depth) throw new WrongCount(`${OURS}, ${key}: depth ${depth}`);
      if (against.length > 0) throw new WrongCount(`${OURS}, ${key}: ${against} is violated`);
      return { ...measured, seconds };
    },
  };
}

/** @throws WrongCount when the counts are not those of the whole system. */
export function agree(
  key: SystemKey,
  who: string,
  found: { readonly states: number; readonly transitions: number },
): void {
  const { states, transitions } = SYSTEMS[key];
  if (found.states === states && found.transitions === transitions) return;
  const text = (count: typeof found) => `${count.states} states, ${count.transitions} transitions`;
  throw new WrongCount(`${who}, ${key}: ${text(found)}, not ${text({ states, transitions })}`);
}
