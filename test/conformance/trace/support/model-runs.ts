/** Runs of the model as a judge would see them: each message that a wire is given, and no more. */
import type { AnyEventObject } from 'xstate';
import { walker } from '../../../../checker/explore/walker.ts';
import type { Trace } from '../../../../checker/model/system.ts';
import { PATH } from '../../../../conformance/terms/message-reader.ts';
import type { Observations, Observed } from '../../../../conformance/trace/observations.ts';
import type { JudgedConnection } from '../../../../conformance/trace/scope.ts';
import { type Machines, systemOf } from '../../../../machines/system/deployment.ts';
import { linksOf, wireOf } from '../../../../machines/system/links.ts';
import {
  type Deployment,
  deploymentsOf,
  type Mechanism,
} from '../../../../machines/system/topology.ts';
import type { Haunted } from '../../../../machines/vocabulary/ghost.ts';
import type { Reply, Request } from '../../../../machines/vocabulary/messages.ts';
import type { Challenge } from '../../../../machines/vocabulary/terms.ts';
import * as plain from '../../../../properties/deployments/plain.ts';

/** Honest deployments without a proxy, whose runs are judged. */
export const DEPLOYMENTS = [
  plain.ARTICLE,
  plain.SINGLE,
  plain.TWO_USERS,
  plain.BASIC_THEN_NTLM,
  plain.DIRECT_LINK,
].flatMap(deploymentsOf);

/** A generator that a seed determines: Park and Miller's. */
export function randomFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}

const CUTS = 0.03; // of the steps at which a wire could be cut: a handshake takes several others

/** @param random - from 0 to 1, the latter excluded. */
export function randomTrace(
  deployment: Deployment,
  machines: Machines,
  steps: number,
  random: () => number,
): Trace {
  const walk = walker(systemOf(deployment, machines));
  for (let step = 0; step < steps; step += 1) {
    const isCut = random() < CUTS;
    const enabled = walk.enabled();
    const wanted = enabled.filter(
      (offer) => (walk.offers[offer]!.event.type === 'wire.close') === isCut,
    );
    const some = wanted.length > 0 ? wanted : enabled;
    if (some.length === 0) break;
    walk.take(some[Math.floor(random() * some.length)]!);
  }
  return walk.trace();
}

type Opening = {
  readonly connection: JudgedConnection;
  readonly serials: Map<number, number>;
  count: number;
};

/** What goes over the wires of a deployment. Every opening of a slot is a connection of its own. */
export function sightOfTrace(trace: Trace, deployment: Deployment): Observations {
  const slots = new Map(
    linksOf(deployment).flatMap(({ from, to, connections }) =>
      connections.map((slot) => {
        const mechanism: Mechanism = to.accepts === 'NTLM' ? 'NTLM' : 'Basic';
        return [wireOf(slot), { slot, client: from, server: to.name, mechanism }] as const;
      }),
    ),
  );
  const openings = new Map<string, Opening>(); // by slot: the last
  const connections: JudgedConnection[] = [];
  const seen: Observed[] = [];
  const users = new Map<string, string | null>(); // by client side: in whose name it asks

  const placed = ({ connection, serial }: Challenge): Challenge => {
    const opening = openings.get(connection);
    return opening === undefined
      ? { connection, serial }
      : { connection: opening.connection.id, serial: opening.serials.get(serial) ?? serial };
  };
  const note = (connection: JudgedConnection, what: Observed['what'], more: object): void => {
    seen.push({
      index: seen.length,
      observation: { what: 'opened', connection: connection.id }, // there is no recording of it
      connection: connection.id,
      what,
      ...more,
    } as Observed);
  };

  const hear = (to: string, from: string, event: AnyEventObject) => {
    if (event.type === 'client.fetch')
      users.set(to, (event.credential as { readonly user: string } | null)?.user ?? null);
    speak(to, from, event);
  };

  const speak = (wire: string, from: string, event: AnyEventObject): void => {
    const place = slots.get(wire);
    if (place === undefined) return;
    const { slot, client, server, mechanism } = place;
    if (event.type === 'wire.open') {
      const number = connections.length + 1;
      const id = `${slot} ${number}`;
      const connection = {
        id,
        client,
        server,
        isProxy: false,
        number,
        mechanism,
        spoken: mechanism,
      };
      connections.push(connection);
      openings.set(slot, { connection, serials: new Map(), count: 0 });
      note(connection, 'opened', {});
      return;
    }
    const opening = openings.get(slot);
    if (opening === undefined) return;
    const { connection } = opening;
    if (event.type === 'wire.close') note(connection, 'closed', {});
    if (event.type !== 'wire.send') return;
    const { ghost: _, ...message } = event.message as Haunted & (Request | Reply);
    if (from.endsWith('/client')) {
      const request =
        message.type === 'AUTHENTICATE_MESSAGE'
          ? {
              ...message,
              response: { ...message.response, challenge: placed(message.response.challenge) },
            }
          : message;
      const readings = [{ ...request, path: PATH }];
      note(connection, 'request', {
        readings,
        user: users.get(from) ?? null,
        isProtected: false,
      });
      return;
    }
    if (message.type === 'CHALLENGE_MESSAGE' && message.challenge.connection === slot) {
      opening.serials.set(message.challenge.serial, opening.count);
      opening.count += 1;
    }
    const reply =
      message.type === 'CHALLENGE_MESSAGE'
        ? { ...message, challenge: placed(message.challenge) }
        : message;
    const isRefusal = reply.type === 'http.unauthorized' || reply.type === 'CHALLENGE_MESSAGE';
    note(connection, 'reply', { reply, status: isRefusal ? 401 : 200, identity: null });
  };

  for (const { component, event, deliveries } of trace) {
    hear(component, '', event);
    for (const delivery of deliveries) hear(delivery.to, delivery.from, delivery.event);
  }
  return { connections, leftOut: [], seen };
}
