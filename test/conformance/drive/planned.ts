/**
 * The paths of a server's plan as acts: what a client can do to bring them about. Pages answer by
 * themselves, and what nobody sends stays out.
 */
import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  initialTransition,
  transition,
} from 'xstate';
import {
  type Act,
  authenticate,
  bare,
  basic,
  close,
  negotiate,
} from '../../../conformance/drive/acts.ts';
import type { NtlmPolicy } from '../../../machines/ntlm/policy.ts';
import type { ServerEvent } from '../../../machines/vocabulary/messages.ts';
import type { Challenge, Response } from '../../../machines/vocabulary/terms.ts';
import { type Plan, pathsOf } from '../../machines/support/model-based.ts';
import { ntlmServerPlan } from '../../machines/support/plans-ntlm-server.ts';

const ELSEWHERE = 2; // the slot of another connection, which has a challenge of its own

/** Acts for every transition that a client can bring about under a policy. */
export function plannedActs(policy: NtlmPolicy): readonly (readonly Act[])[] {
  const plan = ntlmServerPlan({ policy });
  const events = plan.events.filter(({ type }) => !type.startsWith('page.'));
  return pathsOf({ ...plan, events })
    .map(({ steps }) => steps.map(({ event }) => event))
    .map((path) => path.filter(({ type }) => type !== 'xstate.init'))
    .flatMap((path) => {
      const acts = actsOf(path, plan);
      return acts === null || acts.length === 0 ? [] : [acts];
    });
}

/** Null: no client can do that, as to ask something on a connection that is not open. */
function actsOf(path: readonly AnyEventObject[], { model, input }: Plan): readonly Act[] | null {
  let [state]: [AnyMachineSnapshot, ...unknown[]] = initialTransition(model, input);
  const acts: Act[] = [];
  for (const event of path as readonly ServerEvent[]) {
    const isClosed = state.value === 'closed';
    if (isClosed !== (event.type === 'connection.opened')) return null;
    const { challenge } = state.context as { readonly challenge: Challenge | null };
    const act = actFor(event, challenge);
    if (act !== null) acts.push(act);
    [state] = transition(model, state, event);
  }
  const isElsewhere = (act: Act) => act.does === 'authenticate' && act.over.of === ELSEWHERE;
  return acts.some(isElsewhere) ? [negotiate(ELSEWHERE), ...acts] : acts;
}

/** Null: nothing has to be done. */
function actFor(event: ServerEvent, outstanding: Challenge | null): Act | null {
  switch (event.type) {
    case 'http.request':
      return bare(1);
    case 'NEGOTIATE_MESSAGE':
      return negotiate(1);
    case 'http.request.basic':
      return basic(1, event.credential.secret?.passwordOf == null ? 'wrongPassword' : 'right');
    case 'AUTHENTICATE_MESSAGE':
      return response(event.response, outstanding);
    case 'connection.closed':
      return close(1);
    default:
      return null;
  }
}

/** Another serial than the outstanding one is that of the challenge before it, or of none. */
function response({ user, key, challenge }: Response, outstanding: Challenge | null): Act {
  const who = user === null ? 'nobody' : key?.passwordOf === user ? 'right' : 'wrongPassword';
  const isOther = challenge.connection !== 'alice>frontEnd#1';
  const isLast = challenge.serial === outstanding?.serial;
  const over = isOther
    ? ({ of: ELSEWHERE, which: 'last' } as const)
    : ({ of: 1, which: isLast ? 'last' : 'before' } as const);
  return authenticate(1, who, { over });
}
