/**
 * A recording of several hops, as a run of a deployment: its connections in the places that the
 * deployment has for them, and one trace that puts on the wires just what was recorded.
 *
 * Compared are who says what on which connection, whose challenge is answered, and with whose key.
 * Not compared are which page is asked for, and what a response holds beside its proof: there,
 * implementations may differ without being another run. When a connection closes is seen sooner or
 * later than what others say meanwhile; it counts as closed when the next one takes its place.
 */
import { stateKey } from '../../checker/model/state-key.ts';
import type { System } from '../../checker/model/system.ts';
import { linksOf, wireOf } from '../../machines/system/links.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { Reply, Request } from '../../machines/vocabulary/messages.ts';
import type { Challenge, HostName } from '../../machines/vocabulary/terms.ts';
import { BadRecording, type ConnectionId, type Recording } from '../recording/recording.ts';
import type { Secrets } from '../terms/dictionary.ts';
import { type Divergence, excusesOf } from './divergences.ts';
import { type Observed, observationsOf } from './observations.ts';
import { type Explained, type Explaining, explain, type WireMessage } from './run-of-system.ts';

/** What a message may have been: more than one reading where a password is not known. */
type Readings = readonly (Request | Reply)[];

export type InDeployment = {
  readonly deployment: Deployment;
  /** The deployment's system, with or without monitors. */
  readonly system: System;
  /** Which host an origin of the recording is. */
  readonly hosts: ReadonlyMap<string, HostName>;
  readonly secrets: Secrets;
  readonly isReached?: NonNullable<Explaining<Readings>['isReached']>;
  readonly divergences?: readonly Divergence[]; // that may be used. Default: none
};

/** `used`: ids of the divergences that it takes. */
export type ExplainedRun = Explained & { readonly used: readonly string[] };

/**
 * @throws BadRecording for a connection that has no place in the deployment.
 * @throws RangeError where the deployment has too many states to look through.
 */
export function explainInDeployment(recording: Recording, options: InDeployment): ExplainedRun {
  const { deployment, system, hosts, secrets, isReached, divergences = [] } = options;
  const { seen, leftOut } = observationsOf(recording, secrets);
  const [first] = leftOut;
  if (first !== undefined)
    throw new BadRecording(`connection ${first.number}`, `${first.why}, so it has no place here`);
  const places = placesOf(recording, deployment, hosts);
  const placed = (challenge: Challenge): Challenge => ({
    connection: places.get(challenge.connection) ?? challenge.connection,
    serial: challenge.serial % deployment.bounds.challenges,
  });
  const onWires = new Map<string, ConnectionId>(); // the connection that spoke last on each
  const sent = seen.flatMap((each): WireMessage<Readings>[] => {
    const message = saidIn(each);
    if (message === null) return [];
    const wire = wireOf(places.get(each.connection)!);
    const before = onWires.get(wire) ?? each.connection;
    onWires.set(wire, each.connection);
    return [...(before === each.connection ? [] : [{ wire, message: null }]), { wire, message }];
  });
  const isLike = (model: unknown, readings: Readings) => {
    const wanted = stateKey(essenceOf(model as Request | Reply, (challenge) => challenge));
    return readings.some((reading) => stateKey(essenceOf(reading, placed)) === wanted);
  };
  const { continuations } = excusesOf(divergences);
  const explained = explain<Readings>(system, sent, {
    isLike,
    ...(continuations.length === 0 ? {} : { mayBeUnseen: goesOnAfterPrompt }),
    ...(isReached === undefined ? {} : { isReached }),
  });
  const isUsed = explained.trace !== null && explained.unseen > 0;
  return { ...explained, used: isUsed ? continuations : [] };
}

/** The request made anew, and refused anew, before the handshake that was recorded. */
const goesOnAfterPrompt = (model: unknown, next: Readings): boolean =>
  ['http.request', 'http.unauthorized'].includes((model as Request | Reply).type) &&
  next.some(({ type }) => type === 'NEGOTIATE_MESSAGE');

/** Null: nothing is said. */
function saidIn(each: Observed): Readings | null {
  if (each.what === 'request') return each.readings;
  return each.what === 'reply' ? [each.reply] : null;
}

/** What of a message is compared. */
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
    const link = callers.find(({ from }) => from === client) ?? callers[0];
    if (link === undefined)
      throw new BadRecording(
        `connection ${number}`,
        `${server} is no host of ${deployment.name} that anybody connects to`,
      );
    const slot = link.connections.find((connection) => !open.has(connection));
    if (slot === undefined)
      throw new BadRecording(
        `connection ${number}`,
        `${link.from} has ${link.connections.length} to ${to} in ${deployment.name}, ` +
          'and all are open; raise bounds.connections',
      );
    places.set(id, slot);
    open.add(slot);
  }
  return places;
}
