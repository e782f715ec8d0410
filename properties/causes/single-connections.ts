/** Of claims about one connection, or about one server and the most general client. */
import { isStatic, STATIC_CHALLENGE } from '../../machines/ntlm/acceptor.ts';
import type { Link } from '../../machines/system/links.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import { type Account, hostField, type Run, userField } from './cause.ts';
import { lastSignal, linkOf, senderOn, signalsOf } from './run.ts';

/** Of `challenge-accepted-once`. The most general client names no host of the deployment. */
export function acceptedTwice({ trace, deployment }: Run): Account {
  const commits = signalsOf(trace, 'commit');
  const last = commits.at(-1);
  const first = commits.find(
    ({ what: { challenge } }) =>
      challenge?.connection === last?.what.challenge?.connection &&
      challenge?.serial === last?.what.challenge?.serial,
  );
  const isSame = last?.what.challenge?.connection === STATIC_CHALLENGE.connection;
  const host = deployment.hosts.find(
    (one) => isChallenging(one) && (one.defences.challenges === 'static') === isSame,
  );
  const name = host?.name ?? 'the server';
  return {
    step: last?.step ?? trace.length,
    what: `${name} accepts another response to the challenge to which it accepted one in step ${first?.step ?? 0}`,
    why:
      host !== undefined && last?.what.challenge && isStatic(last.what.challenge)
        ? {
            because: `${name} issues the same challenge every time`,
            allowedBy: hostField(name, 'defences.challenges', 'static'),
          }
        : null,
  };
}

/** Of `own-challenge-only`. */
export function acceptedForeign({ trace, deployment }: Run): Account {
  const name = deployment.hosts.find(isChallenging)?.name ?? 'the server';
  const what = `${name} accepts a response to another challenge than its last on that connection`;
  return { step: trace.length, what, why: null };
}

/** Of `basic-hands-password-over`. */
export function acceptedWithoutPassword({ trace }: Run): Account {
  const commit = lastSignal(trace, 'commit');
  const { server = 'a server', user = 'a user' } = commit?.what ?? {};
  const what = `${server} authenticates ${user} without having received ${user}'s password`;
  return { step: commit?.step ?? trace.length, what, why: null };
}

/** Of `double-hop-stops`. */
export function hopPassed({ trace, deployment }: Run): Account {
  const commit = lastSignal(trace, 'commit');
  const rejected = lastSignal(trace, 'rejected');
  const step = trace.length;
  const told = commit?.step === step ? commit : rejected;
  const link = told === undefined ? undefined : linkOf(deployment, told.what.connection);
  const caller = link?.from ?? 'a server';
  const server = link?.to.name ?? 'the next server';
  const user = commit?.what.user ?? 'an anonymous user';
  const what =
    commit?.step === step
      ? `${server} authenticates ${user} over a connection of ${caller}, to which a sign-in leaves no password`
      : `${server} refuses ${caller} for another reason than the lack of a key`;
  return { step, what, why: null };
}

/** Of `three-messages`. */
export function fourthMessage({ trace, deployment }: Run): Account {
  const message = lastSignal(trace, 'message');
  const link = message === undefined ? undefined : linkOf(deployment, message.what.connection);
  const sender = link === undefined ? 'A client' : senderOn(deployment, link);
  const what = `${sender} begins another handshake with ${link?.to.name ?? 'the server'} for the same request`;
  return { step: message?.step ?? trace.length, what, why: null };
}

/** Of `persistent-auth-flag`. */
export function flagStays({ trace, deployment }: Run): Account {
  const believed = trace.at(-1)?.deliveries.find(({ event }) => event.type === 'http.forbidden');
  const forbidding = believed && linkOf(deployment, believed.to.replace(/\/client$/, ''));
  if (forbidding !== undefined) return takenForSuccess(forbidding, trace.length);
  const refused = lastSignal(trace, 'refused');
  const step = refused?.step ?? trace.length;
  const link = refused === undefined ? undefined : linkOf(deployment, refused.what.connection);
  const from = link?.from ?? 'a client';
  const user = deployment.users.find(({ name }) => name === from);
  return {
    step,
    what: `${from} receives 401 from ${link?.to.name ?? 'the server'} and still takes the connection to be signed in`,
    why:
      user?.initiator.afterLapse === 'repeats'
        ? {
            because: `${from}'s client takes every sign-in to last`,
            allowedBy: userField(from, 'initiator.afterLapse', 'repeats'),
          }
        : null,
  };
}

const takenForSuccess = ({ from, to: { name } }: Link, step: number): Account => ({
  step,
  what: `${from} takes the 403 of ${name} for success, and the connection to be signed in`,
  why: {
    because: `${name} answers a failed sign-in with 403`,
    allowedBy: hostField(name, 'policy.failureReply', 'forbidden'),
  },
});

/** Of `pin-is-mutual`. */
export function pinBroken({ trace, deployment }: Run): Account {
  const proxy = deployment.hosts.find(({ paths }) => paths.includes('pinned'));
  const name = proxy?.name ?? 'a proxy';
  const to = proxy?.callsOn ?? 'the server';
  const what = `a connection of ${name} to ${to} and the client connection of its pin do not agree about the pin`;
  return { step: trace.length, what, why: null };
}
