/** A client's requests for one stop of a scenario, in a few words each. */

import type { ConnectionId, Observation } from '../../conformance/recording/recording.ts';
import { credentialsIn, nonceIn } from '../../conformance/serve/credentials.ts';
import type { Trial } from './trial.ts';

export type ClientStep = {
  readonly connection: ConnectionId;
  readonly server: string;
  readonly request: Extract<Observation, { readonly what: 'request' }>;
  readonly reply: Extract<Observation, { readonly what: 'reply' }> | null; // null: it closed
};

/** Requests with their replies, in the order of the requests. */
export function stepsOf({
  recording: { connections, observations },
}: Trial): readonly ClientStep[] {
  const serverOf = new Map(connections.map(({ id, server }) => [id, server]));
  return observations.flatMap((request, i): ClientStep[] => {
    if (request.what !== 'request') return [];
    const { connection } = request;
    const next = observations.slice(i + 1).find((each) => each.connection === connection);
    const reply = next?.what === 'reply' ? next : null;
    return [{ connection, server: serverOf.get(connection)!, request, reply }];
  });
}

const STEPS_MAX = 6; // printed steps; no handshake has more

const WORDS = {
  none: 'request',
  basic: 'password',
  NEGOTIATE_MESSAGE: 'NEGOTIATE',
  AUTHENTICATE_MESSAGE: 'AUTHENTICATE',
} as const;

/**
 * The story of the stop number `i`, 0-based: "request 401, NEGOTIATE challenge, AUTHENTICATE 200".
 * A connection is named if it differs from that of the request before.
 */
export function storyOf(trial: Trial, i: number): string {
  const steps = stepsOf(trial);
  const isOf = ({ request }: ClientStep, n: number) => request.target.startsWith(`/${n + 1}/`);
  const own = steps.filter((step) => isOf(step, i));
  const before = steps.slice(0, steps.indexOf(own[0]!));
  const told = own.map((step, n) => {
    const last = n === 0 ? before.at(-1) : own[n - 1];
    const place = last === undefined ? '' : placeOf(step, last, [...before, ...own.slice(0, n)]);
    return `${place}${WORDS[credentialsIn(step.request).type]} ${answerOf(step)}`;
  });
  const { trouble } = trial.outcomes[i]!;
  const [first, more] = [told.slice(0, STEPS_MAX), told.length - STEPS_MAX];
  const end = [
    ...(more > 0 ? ['and so on'] : []),
    ...(trouble === null ? [] : [`then: ${trouble}`]),
  ];
  return [...first, ...end].join(', ');
}

function placeOf(step: ClientStep, last: ClientStep, before: readonly ClientStep[]): string {
  if (step.connection === last.connection) return '';
  const isKnown = before.some(({ connection }) => connection === step.connection);
  const place = step.server === last.server ? 'connection' : 'connection to the other server';
  return `(${isKnown ? 'earlier' : 'new'} ${place}) `;
}

function answerOf({ reply }: ClientStep): string {
  if (reply === null) return 'closed';
  return nonceIn(reply.authenticate) === null ? String(reply.status) : 'challenge';
}
