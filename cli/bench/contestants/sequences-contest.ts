/** Hop sequences by fast-check, in a new Node process for every round. */
import { type Contestant, WrongCount } from '../measure/alternate.ts';
import { metered } from '../measure/meter.ts';
import { run } from '../measure/run-process.ts';
import type { SequenceCounts } from '../programs/found.ts';
import { programOf } from './ours.ts';

export const TABLES = 'with tables';
export const TRANSITION = 'with transition()';
export const GENERATED = 'generated, not taken';

const SECONDS_MAX = 300;
/** Enough for at least about a second, so that the start of Node does not decide. */
const COUNTS = { tables: 400_000, transition: 5_000, nothing: 400_000 };

/** All generate the same sequences, and take the same steps. */
export function walkers(): readonly Contestant[] {
  const first: { taken: number | null } = { taken: null };
  const one = (name: string, way: keyof typeof COUNTS): Contestant => ({
    name,
    amount: COUNTS[way],
    async round() {
      const args = [programOf('sequences'), way, String(COUNTS[way])];
      const measured = await metered(() => run(process.execPath, args, SECONDS_MAX));
      const { sequences, compared } = JSON.parse(measured.result.stdout) as SequenceCounts;
      if (sequences !== COUNTS[way]) throw new WrongCount(`${name}: ${sequences} sequences`);
      if (way !== 'nothing') {
        first.taken ??= compared;
        if (compared === 0 || compared !== first.taken)
          throw new WrongCount(`${name}: ${compared} steps where others took ${first.taken}`);
      }
      return { ...measured, seconds: measured.result.seconds };
    },
  });
  return [one(TABLES, 'tables'), one(TRANSITION, 'transition'), one(GENERATED, 'nothing')];
}
