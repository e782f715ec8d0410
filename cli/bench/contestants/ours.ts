/** Our side: a fresh Node process for every round. */
import { fileURLToPath } from 'node:url';
import { SYSTEMS, type SystemKey } from '../bench-systems.ts';
import { type Contestant, WrongCount } from '../measure/alternate.ts';
import { metered } from '../measure/meter.ts';
import { run } from '../measure/run-process.ts';
import type { Explored } from '../programs/found.ts';

/** A program of the bench, as it is built. */
export const programOf = (name: string): string =>
  fileURLToPath(new URL(`../programs/${name}.js`, import.meta.url));

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
      const { depth, against, ...counts } = JSON.parse(stdout) as Explored;
      agree(key, OURS, counts);
      if (depth !== SYSTEMS[key].depth) throw new WrongCount(`${OURS}, ${key}: depth ${depth}`);
      if (against.length > 0) throw new WrongCount(`${OURS}, ${key}: ${against} is violated`);
      return { ...measured, seconds };
    },
  };
}

/** @throws WrongCount unless it is the system of this key that was searched, all of it. */
export function agree(
  key: SystemKey,
  who: string,
  found: { readonly states: number; readonly transitions: number },
): void {
  const { states, transitions } = SYSTEMS[key];
  if (found.states === states && found.transitions === transitions) return;
  const told = (count: typeof found) => `${count.states} states, ${count.transitions} transitions`;
  throw new WrongCount(`${who}, ${key}: ${told(found)}, not ${told({ states, transitions })}`);
}
