/** Puts every question to a client. */
import type { Client } from './client.ts';
import { claimOf, isUnsafe, TOO_MUCH } from './known.ts';
import { QUESTIONS } from './questions.ts';
import type { Scenario } from './scenario.ts';
import { type ClientBreach, type Trial, tried } from './trial.ts';

/** The answer if our code decides, and not the client. */
const OURS = 'ours to decide';

export type ClientAnswers = {
  readonly version: string;
  readonly use: string;
  readonly answers: Readonly<Record<string, string>>; // by the id of the question
  /** The claims that it broke during a question, by the question's id. */
  readonly breaks: Readonly<Record<string, string>>;
};

/** Questions with the same scenario share one run of it. */
export async function asked(client: Client): Promise<ClientAnswers> {
  const trials = new Map<Scenario, Trial>();
  for (const { scenario } of QUESTIONS)
    if (!trials.has(scenario)) trials.set(scenario, await tried(client, scenario));
  const told = QUESTIONS.map(({ id, about, scenario, answer }) => {
    const trial = trials.get(scenario)!;
    const isOurs = about === 'conduct' && client.conduct === 'ours';
    const said = isOurs ? OURS : isUnsafe(trial.breaches) ? TOO_MUCH : answer(trial);
    return { id, said, broken: claimsIn(trial.breaches) };
  });
  return {
    version: await client.version(),
    use: client.use,
    answers: Object.fromEntries(told.map(({ id, said }) => [id, said])),
    breaks: Object.fromEntries(
      told.flatMap(({ id, broken }) => (broken === '' ? [] : [[id, broken]])),
    ),
  };
}

const claimsIn = (breaches: readonly ClientBreach[]): string =>
  [...new Set(breaches.map(claimOf))].join(', ');
