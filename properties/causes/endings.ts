/** Of claims that something can, or must, still happen: where a run gets stuck, or what repeats. */
import { faultOfLoop } from '../../checker/replay/replay-loop.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { linksOf } from '../../machines/system/links.ts';
import type { ConnectionName } from '../../machines/vocabulary/terms.ts';
import type { Claim } from '../claim.ts';
import type { Account, Reason, Run } from './cause.ts';
import { userField } from './cause.ts';
import { continuation } from './continuation.ts';
import { type Refused, refusalIn, spoiltIn } from './refusals.ts';
import { lastSignal, linkOf, signalsOf } from './run.ts';
import { stateAfter, waitOn, waitsIn } from './waiting.ts';

const afterStep = (step: number): string =>
  step === 0 ? 'From the initial state on' : `After step ${step}`;

const NOTHING = 'no request is under way, and no client takes another';

/** Of `deadlock-free`. */
export function deadlocked({ deployment, machines, trace }: Run): Account {
  const state = stateAfter(systemOf(deployment, machines), trace);
  const waits = waitsIn(state, deployment);
  const what = waits.length === 0 ? NOTHING : waits.join('; ');
  return {
    step: trace.length,
    what: `${afterStep(trace.length)}, no step is possible: ${what}`,
    why: null,
  };
}

/** Of claims of kind `reachable`: how the run goes on from the state in which it is stuck. */
export function stuck(run: Run): Account {
  const { deployment, machines, trace } = run;
  const system = systemOf(deployment, machines);
  const { steps, end, isOver } = continuation(system, stateAfter(system, trace));
  const [step, opening] = [trace.length, afterStep(trace.length)];
  const refused = spoiltIn([...trace, ...steps], end, deployment) ?? refusalIn(steps, deployment);
  if (refused !== null)
    return { step, what: `${opening}, ${refused.what} each time`, why: refused.why };
  const waits = isOver ? waitsIn(end, deployment) : [];
  const prompted = lastSignal(steps, 'prompted')?.what;
  const what =
    waits.length > 0
      ? `nothing leads on: ${waits.join('; ')}`
      : prompted !== undefined
        ? `nothing leads on: ${prompted.server} asks ${prompted.user} for the password each time`
        : 'no continuation leads on: each comes back to a state that was there before';
  return { step, what: `${opening}, ${what}`, why: null };
}

/** Of claims of kind `response`. */
export function endless(run: Run, claim: Claim): Account {
  const { deployment, trace, loop, machines } = run;
  const start = loop ?? trace.length;
  const round = trace.slice(start);
  const owed = owedIn(run, claim);
  const isAnswered = round.some(({ deliveries }) =>
    deliveries.some(
      ({ event }) =>
        (event.type === 'answered' || event.type === 'refused') && event.connection === owed,
    ),
  );
  const inRound = refusalIn(round, deployment);
  const end = stateAfter(systemOf(deployment, machines), trace);
  const rounds = roundsOf(start, trace.length);
  if (!isAnswered && owed !== null) {
    const wait = waitOn(owed, end, deployment, round);
    if (wait !== null)
      return {
        step: start,
        what: `${rounds}: ${wait.what}`,
        why: wait.why ?? afterThat(inRound),
      };
  }
  const lapsed = repeatsRequest(run, owed);
  if (lapsed !== null)
    return { step: start + 1, what: `${rounds}: ${lapsed.what}`, why: lapsed.why };
  if (inRound !== null)
    return { step: start + inRound.step, what: `${rounds}: ${inRound.what}`, why: inRound.why };
  const spoilt = spoiltIn(trace, end, deployment);
  if (spoilt !== null) return { step: start, what: `${rounds}: ${spoilt.what}`, why: spoilt.why };
  const earlier = refusalIn(trace, deployment);
  if (earlier !== null)
    return { step: earlier.step, what: `${rounds}: ${earlier.what}`, why: earlier.why };
  return { step: start, what: `${rounds}: ${lastReply(run, owed)}`, why: null };
}

const afterThat = (refused: Refused | null): Reason | null =>
  refused === null
    ? null
    : { because: `${refused.what} each time`, allowedBy: refused.why?.allowedBy ?? null };

function roundsOf(start: number, length: number): string {
  if (start === length) return `${afterStep(length)}, no further step has to happen`;
  return start + 1 === length
    ? `Step ${length} repeats for ever`
    : `Steps ${start + 1} to ${length} repeat for ever`;
}

/** The connection whose request is never answered. Null: of none. */
function owedIn({ deployment, trace, loop, machines }: Run, claim: Claim): ConnectionName | null {
  const names = linksOf(deployment).flatMap(({ connections }) => connections);
  for (const { system, properties } of claim.subjects(deployment, machines))
    for (const property of properties)
      if (
        property.kind === 'response' &&
        faultOfLoop(system, property, trace, loop ?? trace.length) === null
      )
        return (
          names
            .filter((name) => property.name.includes(name))
            .toSorted((a, b) => b.length - a.length)[0] ?? null
        );
  return null;
}

/** A client that takes its sign-in to last repeats its request, and never the handshake. */
function repeatsRequest({ deployment, trace, loop }: Run, owed: ConnectionName | null) {
  const link = owed === null ? undefined : linkOf(deployment, owed);
  const user = deployment.users.find(({ name }) => name === link?.from);
  if (link === undefined || user?.initiator.afterLapse !== 'repeats') return null;
  const round = trace.slice(loop ?? trace.length);
  const isSigningIn = signalsOf(round, 'message').some(({ what }) => what.connection === owed);
  const isRefused = signalsOf(round, 'refused').some(({ what }) => what.connection === owed);
  if (isSigningIn || !isRefused) return null;
  return {
    what: `${user.name}'s browser sends the request again after each 401 from ${link.to.name}, and does not sign in again`,
    why: {
      because: `${user.name}'s client takes every sign-in to last`,
      allowedBy: userField(user.name, 'initiator.afterLapse', 'repeats'),
    },
  };
}

function lastReply({ deployment }: Run, owed: ConnectionName | null): string {
  const link = owed === null ? undefined : linkOf(deployment, owed);
  if (link === undefined) return 'some request is never answered';
  const isUser = deployment.users.some(({ name }) => name === link.from);
  return isUser
    ? `${link.to.name} does not serve ${link.from}, who gave the right password`
    : `${link.to.name} does not serve the request of ${link.from}`;
}
