/**
 * A recording of several hops as a run of a deployment: its connections in the slots of the
 * deployment, and one trace that puts exactly the recorded messages on the wires.
 *
 * Senders, connections, answered challenges and keys are compared. Pages, and the parts of a
 * response beside its proof, are not: implementations differ in them within the same run. The end
 * of a connection may be recorded early, late or not at all, so it may end at any time before the
 * next one takes its slot.
 */
import { stateKey } from '../../checker/model/state-key.ts';
import type { System } from '../../checker/model/system.ts';
import { type Link, linksOf, wireOf } from '../../machines/system/links.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { Reply, Request } from '../../machines/vocabulary/messages.ts';
import type { Challenge, HostName } from '../../machines/vocabulary/terms.ts';
import { hex } from '../codec/bytes.ts';
import { ntlmToken } from '../http/challenges.ts';
import {
  BadRecording,
  type Connection,
  type ConnectionId,
  type Observation,
  type Recording,
} from '../recording/recording.ts';
import type { Secrets } from '../terms/dictionary.ts';
import { type Divergence, excusesOf } from './divergences.ts';
import { leftOutName } from './left-out.ts';
import { type Observed, observationsOf } from './observations.ts';
import { type Explained, type Explaining, explain, type WireMessage } from './run-of-system.ts';

/** The possible meanings of a message: several if a password is unknown. */
type Readings = readonly (Request | Reply)[];

export type InDeployment = {
  readonly deployment: Deployment;
  /** The deployment's system, with or without monitors. */
  readonly system: System;
  /** The host of each origin of the recording. */
  readonly hosts: ReadonlyMap<string, HostName>;
  readonly secrets: Secrets;
  readonly isReached?: NonNullable<Explaining<Readings>['isReached']>;
  readonly divergences?: readonly Divergence[]; // permitted ones. Default: none
};

/** `used`: ids of the divergences that it needs. */
export type ExplainedRun = Explained & { readonly used: readonly string[] };

/**
 * @throws BadRecording for a connection that has no slot in the deployment.
 * @throws RangeError if the deployment has too many states.
 */
export function explainInDeployment(recording: Recording, options: InDeployment): ExplainedRun {
  const { deployment, system, hosts, secrets, isReached, divergences = [] } = options;
  const { seen, leftOut } = observationsOf(recording, secrets);
  const [first] = leftOut;
  if (first !== undefined)
    throw new BadRecording(
      leftOutName(first),
      `${first.why}, so it has no place in the deployment`,
    );
  const places = placesOf(recording, deployment, hosts);
  const issued = issuedChallenges(seen, new Map(recording.connections.map((one) => [one.id, one])));
  const placed = (challenge: Challenge): Challenge => {
    const { connection, serial } = issued(challenge);
    return {
      connection: places.get(connection) ?? connection,
      serial: serial % deployment.bounds.challenges,
    };
  };
  const onWires = new Map<string, ConnectionId[]>(); // the connections that were on each
  const sent = seen.flatMap((each): WireMessage<Readings>[] => {
    const message = saidIn(each);
    if (message === null) return [];
    const wire = wireOf(places.get(each.connection)!);
    const before = onWires.get(wire) ?? [];
    onWires.set(wire, before);
    if (!before.includes(each.connection)) before.push(each.connection);
    return [{ wire, message, cuts: before.indexOf(each.connection) }];
  });
  const isLike = (model: unknown, readings: Readings) => {
    const wanted = stateKey(essenceOf(model as Request | Reply, (challenge) => challenge));
    return readings.some((reading) => stateKey(essenceOf(reading, placed)) === wanted);
  };
  const { continuations } = excusesOf(divergences);
  const explained = explain<Readings>(system, sent, {
    isLike,
    cutsAreFree: true,
    ...(continuations.length === 0 ? {} : { mayBeUnseen: goesOnAfterPrompt }),
    ...(isReached === undefined ? {} : { isReached }),
  });
  const isUsed = explained.trace !== null && explained.unseen > 0;
  return { ...explained, used: isUsed ? continuations : [] };
}

/** A repeated request and its refusal, before the recorded handshake. */
const goesOnAfterPrompt = (model: unknown, next: Readings): boolean =>
  ['http.request', 'http.unauthorized'].includes((model as Request | Reply).type) &&
  next.some(({ type }) => type === 'NEGOTIATE_MESSAGE');

/** Null: the observation is no message. */
function saidIn(each: Observed): Readings | null {
  if (each.what === 'request') return each.readings;
  return each.what === 'reply' ? [each.reply] : null;
}

/** The compared part of a message. */
function essenceOf(message: Request | Reply, placed: (challenge: Challenge) => Challenge) {
  switch (message.type) {
    case 'http.request.basic':
      return { type: message.type, credential: message.credential };
    case 'AUTHENTICATE_MESSAGE': {
      const { user, key, challenge } = message.response;
      return { type: message.type, user, key, challenge: placed(challenge) };
    }
    case 'CHALLENGE_MESSAGE':
      return { type: message.type, challenge: placed(message.challenge) };
    case 'http.redirect':
      return { type: message.type, to: message.to };
    default:
      return { type: message.type };
  }
}

/** By connection: the slot it takes, the first of its pair that is free when it opens. */
function placesOf(
  { connections, observations }: Recording,
  deployment: Deployment,
  hosts: ReadonlyMap<string, HostName>,
): ReadonlyMap<ConnectionId, string> {
  const links = linksOf(deployment);
  const callerOf = callersByClient();
  const places = new Map<ConnectionId, string>();
  const open = new Set<string>();
  for (const { connection: id, what } of observations) {
    const known = places.get(id);
    if (what === 'closed' && known !== undefined) open.delete(known);
    if (known !== undefined || what === 'closed') continue;
    const number = connections.findIndex((connection) => connection.id === id) + 1;
    const { server, client } = connections[number - 1]!;
    const to = hosts.get(server);
    const callers = links.filter((link) => link.to.name === to);
    const link = callers.find(({ from }) => from === callerOf(client, callers)) ?? callers[0];
    if (link === undefined)
      throw new BadRecording(
        `connection ${number}`,
        `no host of ${deployment.name} connects to ${server}`,
      );
    const slot = link.connections.find((connection) => !open.has(connection));
    const count = link.connections.length;
    if (slot === undefined)
      throw new BadRecording(
        `connection ${number}`,
        `${link.from} has ${count === 1 ? '1 connection' : `${count} connections`} to ${to} in ` +
          `${deployment.name}, all open; raise bounds.connections`,
      );
    places.set(id, slot);
    open.add(slot);
  }
  return places;
}

/**
 * The caller that a client of a recording stands for: the one of its name, or else the first that
 * stands for no other client. Captures name clients by address.
 */
function callersByClient(): (client: string, callers: readonly Link[]) => string | undefined {
  const known = new Map<string, string>();
  return (client, callers) => {
    const names = callers.map(({ from }) => from);
    if (names.includes(client)) return client;
    const before = known.get(client);
    if (before !== undefined && names.includes(before)) return before;
    const taken = [...known.values()];
    const name = names.find((one) => !taken.includes(one));
    if (name !== undefined) known.set(client, name);
    return name;
  };
}

/** The challenge of the server that issued it. A proxy forwards it, byte by byte. */
function issuedChallenges(
  seen: readonly Observed[],
  connections: ReadonlyMap<ConnectionId, Connection>,
): (challenge: Challenge) => Challenge {
  const first = new Map<string, { readonly server: string; readonly challenge: Challenge }>();
  const forwarded = new Map<string, Challenge>();
  for (const one of seen) {
    if (one.what !== 'reply' || one.reply.type !== 'CHALLENGE_MESSAGE') continue;
    const bytes = tokenIn(one.observation);
    const { server } = connections.get(one.connection)!;
    const { challenge } = one.reply;
    const before = first.get(bytes);
    if (before === undefined) first.set(bytes, { server, challenge });
    else if (before.server !== server) forwarded.set(stateKey(challenge), before.challenge);
  }
  return (challenge) => forwarded.get(stateKey(challenge)) ?? challenge;
}

/** The bytes of the challenge in a reply, whatever else the reply offers. */
const tokenIn = (observation: Observation): string =>
  observation.what === 'reply' ? hex(ntlmToken(observation.authenticate) ?? new Uint8Array()) : '';
