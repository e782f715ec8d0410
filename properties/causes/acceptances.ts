/** Why a server accepted a user: the adversary brought a response, or a password was left. */
import { mechanismOf } from '../../machines/system/mechanisms.ts';
import type { AcceptingHost } from '../../machines/system/topology.ts';
import { isPasswordOf } from '../../machines/vocabulary/terms.ts';
import { type Account, hostField, type Reason, type Run } from './cause.ts';
import { wayToAdversary } from './passwords.ts';
import { missingCheck, missingMicCheck } from './response-checks.ts';
import {
  type Happened,
  hostCalled,
  lastDelivery,
  lastSignal,
  linkOf,
  type SignalOf,
} from './run.ts';

type Commit = SignalOf<'commit'>;

/** Of claims about which sign-ins a server accepts. */
export function acceptedElsewhere(run: Run): Account {
  const commit = lastSignal(run.trace, 'commit');
  return commit === undefined
    ? { step: run.trace.length, what: 'A server accepts a user', why: null }
    : acceptance(run, commit);
}

/** Why the server accepted the user of this commit. */
export function acceptance(run: Run, { step, what: commit }: Happened<Commit>): Account {
  const { deployment, trace } = run;
  const { user, server, connection, secret } = commit;
  const link = linkOf(deployment, connection);
  const host = hostCalled(deployment, server);
  if (user === null) return { step, what: `${server} authenticates an anonymous user`, why: null };
  if (!isPasswordOf(secret, user))
    return { step, what: `${server} authenticates ${user} with a wrong password`, why: null };
  if (link?.adversary === 'client' && host !== undefined) return delivered(run, step, commit, host);
  const sending = lastSignal(trace, 'running', (one) => one.run === commit.run);
  const caller = link?.caller ?? null;
  if (caller === null || sending === undefined)
    return { step, what: `${server} authenticates ${user}`, why: null };
  return {
    step: sending.step,
    what: `${sending.what.by} signs in to ${server} as ${user}, with ${user}'s password`,
    why: passwordLeft(run, sending.what.by, user),
  };
}

/** Why a middle tier holds a password. */
function passwordLeft({ deployment }: Run, by: string, user: string): Reason | null {
  const host = hostCalled(deployment, by);
  if (host === undefined || mechanismOf(host).leaves(host) === 'token') return null;
  return {
    because: `a sign-in of ${user} by ${host.accepts} leaves the password with ${by}`,
    allowedBy: hostField(by, 'logonMethod', host.logonMethod),
  };
}

/** The adversary brought the response, or the password. */
function delivered(run: Run, step: number, commit: Commit, host: AcceptingHost): Account {
  const { deployment, trace } = run;
  const { server, response } = commit;
  const user = commit.user!;
  const { name, knows } = deployment.adversary!;
  const sent =
    lastDelivery(
      trace,
      ({ from, to, event }) =>
        from === name && to === `${commit.connection}/wire` && event.type === 'wire.send',
    ) || step;
  const origin = lastSignal(
    trace,
    'running',
    (one) => one.by !== name && one.user === user && response !== null && isFor(one, commit),
  );
  if (origin === undefined || response === null) {
    const what = `${name} signs in to ${server} as ${user}, with ${user}'s password`;
    const why = knows.includes(user)
      ? {
          because: `${name} knows ${user}'s password, or its hash, from the start`,
          allowedBy: { path: ['adversary', 'knows'], value: `[${knows.join(', ')}]` },
        }
      : wayToAdversary(run, user);
    return { step: sent, what, why };
  }
  const target = origin.what.server;
  const meant = target === server ? `on another connection` : `to sign in to ${target}`;
  return {
    step: sent,
    what: `${name} sends ${server} a response that ${user} computed ${meant}, and ${server} accepts it`,
    why: missingCheck(response, host, { user, target }, deployment) ?? controlled(run),
  };
}

const isFor = ({ response }: SignalOf<'running'>, { challenge }: Commit): boolean =>
  response !== null &&
  challenge !== null &&
  response.challenge.connection === challenge.connection &&
  response.challenge.serial === challenge.serial;

/** The last resort: no check would have refused it. */
const controlled = ({ deployment: { adversary } }: Run): Reason => ({
  because: `${adversary!.name} controls ${adversary!.controls.join(', ')}`,
  allowedBy: { path: ['adversary', 'controls'], value: `[${adversary!.controls.join(', ')}]` },
});

/** Of `mic-protects`. */
export function acceptedThoughChanged(run: Run): Account {
  const { deployment, trace } = run;
  const commit = lastSignal(trace, 'commit');
  const host = hostCalled(deployment, commit?.what.server ?? '');
  const { response = null, user = null, server } = commit?.what ?? {};
  if (response === null || user === null || host === undefined)
    return { step: trace.length, what: 'A server accepts a changed message', why: null };
  const name = deployment.adversary?.name ?? 'the adversary';
  const sent = lastDelivery(
    trace,
    ({ from, event }) => from === name && event.type === 'wire.send',
  );
  const how =
    response.pairs?.mic === 'flagged' && response.mic === null
      ? `sends ${server} ${user}'s response without its MIC`
      : `changes what ${user} and ${server} send each other`;
  return {
    step: sent || trace.length,
    what: `${name} ${how}, and ${server} accepts ${user}`,
    why: missingMicCheck(response, host, user),
  };
}
