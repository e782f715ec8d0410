/** The facts of earlier steps that later sentences need. */
import type { Delivery, Step } from '../checker/model/system.ts';
import type { Path } from '../machines/vocabulary/messages.ts';
import type { Purpose } from '../machines/vocabulary/purpose.ts';
import type {
  Challenge,
  ConnectionName,
  HostName,
  UserName,
} from '../machines/vocabulary/terms.ts';
import { browserIn, connectionBetween, connectionIn } from './component-names.ts';
import { carried, type Message, type Named, type StoryEvent } from './story-events.ts';

const pair = (user: UserName | null, host: HostName) => `${user}@${host}`;

/** The events with which a page answers its server side. */
const ANSWERS: readonly string[] = [
  'page.ready',
  'page.moved',
  'page.forbidden',
  'page.unauthorized',
];

/** The party that computed a response, and the server it was signing in to. */
export type ResponseOrigin = {
  readonly component: string;
  readonly by: UserName | HostName;
  readonly server: HostName;
};
type Proof = { readonly user: UserName | null; readonly challenge: Challenge };
const proofKey = ({ user, challenge: { connection, serial } }: Proof) =>
  `${user} ${connection} ${serial}`;

export class Memory {
  readonly #inTransit: Map<ConnectionName, Message>;
  readonly #paths: Map<ConnectionName, Path>; // what was last fetched there
  readonly #serving: Map<string, UserName>; // by page: the user whose request it is working on
  readonly #prompted: Set<string>;
  readonly #accepted: Set<string>; // since the user last typed
  readonly #passwords: Set<string>; // user and host that has it
  readonly #tokens: Set<string>;
  readonly #challenged: Set<ConnectionName>; // since it opened
  readonly #signedIn: Map<ConnectionName, UserName>; // since it opened
  readonly #purposes: Map<ConnectionName, Purpose>; // of the current exchange
  readonly #signedInFor: Map<ConnectionName, Purpose>; // since it opened
  readonly #asking: Map<ConnectionName, UserName>; // the user of the current request
  readonly #served: Map<ConnectionName, UserName>; // the user of the last page
  readonly #origins: Map<string, ResponseOrigin>; // the last of each proof
  readonly #opened: Set<HostName>; // hosts that some user visited
  readonly #reached: Set<string>; // "alice>frontEnd", where a message has arrived

  /** @param before - copied, so that the two do not share later steps. Null: nothing. */
  constructor(before: Memory | null = null) {
    this.#inTransit = new Map(before === null ? [] : before.#inTransit);
    this.#paths = new Map(before === null ? [] : before.#paths);
    this.#serving = new Map(before === null ? [] : before.#serving);
    this.#prompted = new Set(before === null ? [] : before.#prompted);
    this.#accepted = new Set(before === null ? [] : before.#accepted);
    this.#passwords = new Set(before === null ? [] : before.#passwords);
    this.#tokens = new Set(before === null ? [] : before.#tokens);
    this.#challenged = new Set(before === null ? [] : before.#challenged);
    this.#signedIn = new Map(before === null ? [] : before.#signedIn);
    this.#purposes = new Map(before === null ? [] : before.#purposes);
    this.#signedInFor = new Map(before === null ? [] : before.#signedInFor);
    this.#asking = new Map(before === null ? [] : before.#asking);
    this.#served = new Map(before === null ? [] : before.#served);
    this.#origins = new Map(before === null ? [] : before.#origins);
    this.#opened = new Set(before === null ? [] : before.#opened);
    this.#reached = new Set(before === null ? [] : before.#reached);
  }

  inTransit = (connection: ConnectionName): Message | null =>
    this.#inTransit.get(connection) ?? null;
  path = (connection: ConnectionName): Path => this.#paths.get(connection) ?? 'mailbox';
  serving = (page: string): UserName | null => this.#serving.get(page) ?? null;
  wasPrompted = (user: UserName, host: HostName) => this.#prompted.has(pair(user, host));
  wasAccepted = (user: UserName, host: HostName) => this.#accepted.has(pair(user, host));
  hasPassword = (host: HostName, of: UserName) => this.#passwords.has(pair(of, host));
  hasToken = (host: HostName, of: UserName) => this.#tokens.has(pair(of, host));
  wasChallenged = (connection: ConnectionName) => this.#challenged.has(connection);
  signedIn = (connection: ConnectionName): UserName | null =>
    this.#signedIn.get(connection) ?? null;
  signedInFor = (connection: ConnectionName): Purpose | null =>
    this.#signedInFor.get(connection) ?? null;
  asking = (connection: ConnectionName): UserName | null => this.#asking.get(connection) ?? null;
  served = (connection: ConnectionName): UserName | null => this.#served.get(connection) ?? null;
  originOf = (proof: Proof): ResponseOrigin | null => this.#origins.get(proofKey(proof)) ?? null;
  wasOpened = (host: HostName) => this.#opened.has(host);
  wasReached = (from: string, to: HostName) => this.#reached.has(`${from}>${to}`);

  /** To be called after the sentence of the step was written. */
  note(step: Step): void {
    const { component, event, deliveries } = step;
    const connection = connectionIn(component);
    if (connection && event.type.startsWith('wire.')) this.#inTransit.delete(connection.name);
    if (connection && event.type === 'wire.deliver')
      this.#reached.add(`${connection.from}>${connection.to}`);
    if (event.type === 'user.types') this.#accepted.delete(component);
    if (event.type === 'user.visits') this.#noteVisit((event as Named<'user.visits'>).via);
    if (event.type.startsWith('adversary.') && 'from' in event && 'to' in event)
      this.#noteServed(event.from as string, event.to as string);
    for (const delivery of deliveries) this.#noteDelivery(delivery, step);
  }

  #noteVisit(via: ConnectionName): void {
    const host = connectionIn(via)?.to;
    if (host !== undefined) this.#opened.add(host);
  }

  /** A page that was received on one connection is forwarded on another. */
  #noteServed(from: ConnectionName, to: ConnectionName): void {
    const user = this.#served.get(from);
    if (user !== undefined) this.#served.set(to, user);
  }

  #noteDelivery({ from, to, event }: Delivery, step: Step): void {
    const story = event as StoryEvent; // the only ones there are
    const connection = connectionIn(to)?.name ?? '';
    if (story.type === 'wire.send') {
      const arrived = carried(step)?.type === 'http.ok' ? connectionIn(step.component) : null;
      if (arrived !== null && story.message.type === 'http.ok')
        this.#noteServed(arrived.name, connectionBetween({ from, to }).name);
      this.#inTransit.set(connection, story.message);
    } else if (story.type === 'client.fetch' || story.type === 'client.takeOver')
      this.#paths.set(connection, story.path);
    else if (story.type === 'connection.closed')
      this.#forget(connectionIn(from)?.name ?? connection);
    else if (story.type === 'wire.close') this.#inTransit.delete(connection);
    else if (story.type === 'browser.navigated') this.#opened.add(browserIn(to)?.server ?? to);
    else if (story.type === 'page.abandoned') this.#serving.delete(to);
    else if (ANSWERS.includes(story.type)) {
      this.#serving.delete(from);
    } else if (story.type === 'page.requested') {
      const { identity } = story;
      if (identity && connection !== '') this.#serving.set(to, identity.user);
      if (identity?.secret === null) this.#tokens.add(pair(identity.user, hostOf(from)));
    } else this.#noteSignal(story, from);
  }

  #forget(connection: ConnectionName): void {
    this.#challenged.delete(connection);
    this.#signedIn.delete(connection);
    this.#signedInFor.delete(connection);
    this.#served.delete(connection);
  }

  #noteSignal(signal: StoryEvent, from: string): void {
    if (signal.type === 'prompted') this.#prompted.add(pair(signal.user, signal.server));
    else if (signal.type === 'commit') {
      this.#accepted.add(pair(signal.user, signal.server));
      const { user, connection, response } = signal;
      if (user !== null && response !== null) this.#signedIn.set(connection, user);
      const purpose = this.#purposes.get(connection);
      if (purpose !== undefined) this.#signedInFor.set(connection, purpose);
    } else if (signal.type === 'issued') this.#challenged.add(signal.challenge.connection);
    else if (signal.type === 'running' && signal.response !== null) {
      const { by, server, response } = signal;
      this.#origins.set(proofKey(response), { component: from, by, server });
    } else if (signal.type === 'asked') {
      if (signal.purpose !== null) this.#purposes.set(signal.connection, signal.purpose);
      if (signal.user === null) this.#asking.delete(signal.connection);
      else this.#asking.set(signal.connection, signal.user);
    } else if (signal.type === 'served') {
      if (signal.user === null) this.#served.delete(signal.connection);
      else this.#served.set(signal.connection, signal.user);
    } else if (signal.type === 'learned' && signal.secret) {
      this.#passwords.add(pair(signal.secret.passwordOf, signal.by));
    }
  }
}

const hostOf = (server: string) => connectionIn(server)?.to ?? '';
