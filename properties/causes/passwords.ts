/** How a party learned a password. */
import type { Delivery } from '../../checker/model/system.ts';
import { receivesPasswords } from '../../machines/system/mechanisms.ts';
import { behind } from '../../machines/system/topology.ts';
import { type Account, hostField, type Reason, type Run, userField } from './cause.ts';
import { hostCalled, lastSignal, linkOf, senderOn } from './run.ts';

/** Of claims that some party never learns a password: the last step shows it. */
export function passwordLearned(run: Run): Account {
  const { trace, deployment } = run;
  const learned = lastSignal(
    trace,
    'learned',
    ({ secret }) => secret !== null && secret.passwordOf !== null,
  );
  if (learned === undefined)
    return { step: trace.length, what: 'A party learns a password', why: null };
  const { step, what } = learned;
  const user = what.secret!.passwordOf!;
  const carrying = trace[step - 1]!.deliveries.find(({ event }) => typeOf(event) !== null);
  const connection = carrying?.from.replace(/\/(wire|client)$/, '') ?? '';
  const link = linkOf(deployment, connection);
  if (carrying === undefined || link === undefined)
    return { step, what: `${what.by} learns ${user}'s password`, why: null };
  const sender = senderOn(deployment, link);
  const client = sender === user ? `${user}'s browser` : sender;
  if (typeOf(carrying.event) === 'AUTHENTICATE_MESSAGE') return guessed(run, step, what.by, user);
  const { adversary } = deployment;
  const isTap = what.by === adversary?.name && link.adversary === 'tap';
  const isOwn = what.by === adversary?.name && what.by !== link.to.name;
  const how = isTap ? `, and ${what.by} hears it` : isOwn ? `, and ${what.by} receives it` : '';
  return {
    step,
    what: `${client} sends ${user}'s password to ${link.to.name}${how}`,
    why: sentByBasic(run, link.to.name),
  };
}

const CARRIERS: readonly string[] = ['http.request.basic', 'AUTHENTICATE_MESSAGE'];

/** The type of a message that carries a password or a response. Null: the event is none. */
function typeOf(event: Delivery['event']): string | null {
  const { type } = event.type === 'wire.overheard' ? (event.message as Delivery['event']) : event;
  return CARRIERS.includes(type) ? type : null;
}

/** Why a client sends the password itself to this host. Null: it should send none. */
function sentByBasic({ deployment }: Run, to: string): Reason | null {
  const host = hostCalled(deployment, to);
  if (host === undefined || !receivesPasswords(host)) return null;
  const server = behind(deployment.hosts, host).name;
  return {
    because: `${server} accepts ${host.accepts}, which sends the password with each request`,
    allowedBy: hostField(server, 'accepts', host.accepts),
  };
}

/** A response is enough to guess a weak password from. */
function guessed({ deployment, trace }: Run, step: number, by: string, user: string): Account {
  const isWeak = deployment.users.find(({ name }) => name === user)?.password === 'weak';
  if (!isWeak || by !== deployment.adversary?.name) {
    const sent = trace[step - 1]!.deliveries.some(({ event }) => event.type === 'commit');
    const how = sent ? ' from a response' : '';
    return { step, what: `${by} learns ${user}'s password${how}`, why: null };
  }
  return {
    step,
    what: `${by} receives a response of ${user} and guesses the password from it`,
    why: {
      because: `${user}'s password is weak`,
      allowedBy: userField(user, 'password', 'weak'),
    },
  };
}

/** How the adversary has the password that it signs in with. Null: the run does not show it. */
export function wayToAdversary(run: Run, user: string): Reason | null {
  const { deployment, trace } = run;
  const learned = lastSignal(
    trace,
    'learned',
    ({ secret, by }) => by === deployment.adversary?.name && secret?.passwordOf === user,
  );
  if (learned === undefined) return null;
  const { step, what, why } = passwordLearned({ ...run, trace: trace.slice(0, learned.step) });
  return { because: `in step ${step} ${what}`, allowedBy: why?.allowedBy ?? null };
}

/** Of `password-within-its-space`. */
export function typedForAnother({ trace }: Run): Account {
  const learned = lastSignal(trace, 'learned', ({ secret }) => secret !== null);
  const by = learned?.what.by ?? 'a party';
  const user = learned?.what.secret?.passwordOf ?? 'the user';
  return {
    step: trace.length,
    what: `${user}'s browser sends ${by} the password, which ${user} had not typed for ${by}`,
    why: null,
  };
}
