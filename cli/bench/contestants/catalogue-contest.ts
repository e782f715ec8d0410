/**
 * The default catalogue: the claims that `npm start` checks, about the article's topology with NTLM
 * and with Basic. Our side is the command as people run it. SPIN's side is `spin -a`, gcc and the
 * verifier for the system of each claim; or one compile for all systems, which only our export
 * makes possible. For responses and reachability SPIN only visits the states, which is less work.
 */
import { promelaBatch } from '../../../checker/promela/batch.ts';
import { promelaOf } from '../../../checker/promela/promela.ts';
import { tabulate } from '../../../checker/promela/tabulate.ts';
import type { TabulatedModel } from '../../../checker/promela/tabulated-model.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import { deploymentsOf } from '../../../machines/system/topology.ts';
import { ARTICLE } from '../../../properties/deployments/plain.ts';
import { claimsAbout } from '../../../properties/verdicts/measure.ts';
import { type Contestant, type Prepared, WrongCount } from '../measure/alternate.ts';
import { metered } from '../measure/meter.ts';
import { run } from '../measure/run-process.ts';
import { compileWithSpin, SAFETY, type Verifier } from '../measure/spin.ts';
import { COMMAND, OURS } from './ours.ts';

export const COMPILING = 'SPIN, compile counted';
export const COMPILED = 'SPIN, compile not counted';
export const BATCH = 'SPIN, all systems in one compile';

/** One system of a claim; SPIN needs a run for each. */
type SpinTask = {
  readonly id: string; // the claim's
  readonly model: TabulatedModel;
  readonly states: number;
  readonly transitions: number;
};

const SECONDS_MAX = 120;
/** For small systems, more optimising takes gcc longer than it saves. */
const QUICKLY = '-O0';

const VERDICTS = deploymentsOf(ARTICLE).flatMap((deployment) =>
  claimsAbout(deployment).map((claim) => ({ claim, deployment })),
);

export const VERDICTS_COUNT = VERDICTS.length;

const tasks = (): readonly SpinTask[] =>
  VERDICTS.flatMap(({ claim, deployment }) =>
    claim.subjects(deployment, MACHINES).map(({ system, properties }) => {
      const safety = properties.filter(({ kind }) => kind === 'always' || kind === 'sometimes');
      return { id: claim.id, ...tabulate(system, safety) };
    }),
  );

export async function catalogue(wanted: ReadonlySet<string>): Promise<Prepared> {
  const all = tasks();
  const ours = checking(all);
  const verifiers: Verifier[] = [];
  const dispose = () => {
    for (const verifier of verifiers) verifier.dispose();
  };
  try {
    if (wanted.has(COMPILED))
      for (const task of all) verifiers.push(await compiled(textOf(task), '-O3'));
  } catch (error) {
    dispose();
    throw error;
  }
  const running = contestant(COMPILED, async () => {
    for (const [i, task] of all.entries()) await verified(task, verifiers[i]!);
  });
  const compiling = contestant(COMPILING, async () => {
    for (const task of all)
      await using(await compiled(textOf(task), QUICKLY), (verifier) => verified(task, verifier));
  });
  const batch = contestant(BATCH, async () => {
    const text = promelaBatch(all.map(({ model }) => model));
    await using(await compiled(text, QUICKLY), async (verifier) => {
      for (const [i, task] of all.entries()) await verified(task, verifier, { MODEL: String(i) });
    });
  });
  return { contestants: [ours, compiling, running, batch], dispose };
}

const contestant = (name: string, work: () => Promise<void>): Contestant => ({
  name,
  amount: VERDICTS_COUNT,
  round: () => metered(work),
});

/** `double-hop check`, which must search the same states. */
function checking(all: readonly SpinTask[]): Contestant {
  const expected = all.reduce((sum, { states }) => sum + states, 0);
  const args = [COMMAND, 'check', '--json'];
  return {
    name: OURS,
    amount: VERDICTS_COUNT,
    async round() {
      const measured = await metered(() => run(process.execPath, args, SECONDS_MAX));
      const { stdout, seconds } = measured.result;
      const { claims } = JSON.parse(stdout) as { claims: readonly { states: number }[] };
      const states = claims.reduce((sum, claim) => sum + claim.states, 0);
      if (claims.length !== VERDICTS_COUNT || states !== expected)
        throw new WrongCount(`${OURS}, catalogue: ${claims.length} verdicts, ${states} states`);
      return { ...measured, seconds };
    },
  };
}

const textOf = ({ id, model }: SpinTask) => promelaOf(model, [id]);

const compiled = (promela: string, optimise: '-O0' | '-O3'): Promise<Verifier> =>
  // -DNOTE: it continues after a violation, as our search does.
  compileWithSpin(promela, { flags: [...SAFETY, '-DNOTE'], optimise });

/** Does the work, then removes the verifier. */
async function using(verifier: Verifier, work: (verifier: Verifier) => Promise<void>) {
  try {
    await work(verifier);
  } finally {
    verifier.dispose();
  }
}

async function verified(
  { id, states, transitions }: SpinTask,
  verifier: Verifier,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const found = await verifier.run(['-w16'], SECONDS_MAX * 1000, environment);
  if (found.states !== states || found.transitions !== transitions + 1)
    throw new WrongCount(`SPIN, ${id}: ${found.states} states, not ${states}`);
}
