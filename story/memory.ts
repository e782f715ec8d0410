/** What a story has to remember of the steps it has told. */
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

/** What a page tells its server side in the end. */
const ANSWERS: readonly string[] = ['page.ready', 'page.moved', 'page.unauthorized'];

/** Who computed a response, and to prove whom to which server. */
export type Run = {
  readonly component: string;
  readonly by: UserName | HostName;
  readonly server: HostName; // that it means to reach
};
type Proof = { readonly user: UserName | null; readonly challenge: Challenge };
const proofKey = ({ user, challenge: { connection, serial } }: Proof) =>
  `${user} ${connection} ${serial}`;

export class Memory {
  readonly #inTransit: Map<ConnectionName, Message>;
  readonly #paths: Map<ConnectionName, Path>; // what was last fetched there
  readonly #serving: Map<string, UserName>; // a page, and whose request it has in hand
  readonly #prompted: Set<string>;
  readonly #accepted: Set<string>; // since the user last typed
  readonly #passwords: Set<string>; // whose, and which host has it
  readonly #tokens: Set<string>;
  readonly #challenged: Set<ConnectionName>; // since it opened
  readonly #signedIn: Map<ConnectionName, UserName>; // since it opened
  readonly #purposes: Map<ConnectionName, Purpose>; // of what is under way there
  readonly #signedInFor: Map<ConnectionName, Purpose>; // since it opened
  readonly #asking: Map<ConnectionName, UserName>; // whose request is under way there
  readonly #served: Map<ConnectionName, UserName>; // whose page was last on it
  readonly #runs: Map<string, Run>; // the last of each proof
  readonly #opened: Set<HostName>; // hosts that some user went to
  readonly #reached: Set<string>; // "alice>frontEnd", where a message has arrived

  /** @param before - what is remembered from the start: both then go on apart. Null: nothing. */
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
    this.#runs = new Map(before === null ? [] : before.#runs);
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
  runOf = (proof: Proof): Run | null => this.#runs.get(proofKey(proof)) ?? null;
  wasOpened = (host: HostName) => this.#opened.has(host);
  wasReached = (from: string, to: HostName) => this.#reached.has(`${from}>${to}`);

  /** To be called once a step has been told. */
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

  /** What one connection was served goes on over another. */
  #noteServed(from: ConnectionName, to: ConnectionName): void {
    const user = this.#served.get(from);
    if (user !== undefined) this.#served.set(to, user);
  }

  #noteDelivery({ from, to, event }: Delivery, step: Step): void {
    const told = event as StoryEvent; // the only ones there are
    const connection = connectionIn(to)?.name ?? '';
    if (told.type === 'wire.send') {
      const arrived = carried(step)?.type === 'http.ok' ? connectionIn(step.component) : null;
      if (arrived !== null && told.message.type === 'http.ok')
        this.#noteServed(arrived.name, connectionBetween({ from, to }).name);
      this.#inTransit.set(connection, told.message);
    } else if (told.type === 'client.fetch') this.#paths.set(connection, told.path);
    else if (told.type === 'connection.closed')
      this.#forget(connectionIn(from)?.name ?? connection);
    else if (told.type === 'wire.close') this.#inTransit.delete(connection);
    else if (told.type === 'browser.navigated') this.#opened.add(browserIn(to)?.server ?? to);
    else if (told.type === 'page.abandoned') this.#serving.delete(to);
    else if (ANSWERS.includes(told.type)) {
      this.#serving.delete(from);
    } else if (told.type === 'page.requested') {
      const { identity } = told;
      if (identity && connection !== '') this.#serving.set(to, identity.user);
      if (identity?.secret === null) this.#tokens.add(pair(identity.user, hostOf(from)));
    } else this.#noteClaim(told, from);
  }

  #forget(connection: ConnectionName): void {
    this.#challenged.delete(connection);
    this.#signedIn.delete(connection);
    this.#signedInFor.delete(connection);
    this.#served.delete(connection);
  }

  #noteClaim(claim: StoryEvent, from: string): void {
    if (claim.type === 'prompted') this.#prompted.add(pair(claim.user, claim.server));
    else if (claim.type === 'commit') {
      this.#accepted.add(pair(claim.user, claim.server));
      const { user, connection, response } = claim;
      if (user !== null && response !== null) this.#signedIn.set(connection, user);
      const purpose = this.#purposes.get(connection);
      if (purpose !== undefined) this.#signedInFor.set(connection, purpose);
    } else if (claim.type === 'issued') this.#challenged.add(claim.challenge.connection);
    else if (claim.type === 'running' && claim.response !== null) {
      const { by, server, response } = claim;
      this.#runs.set(proofKey(response), { component: from, by, server });
    } else if (claim.type === 'asked') {
      if (claim.purpose !== null) this.#purposes.set(claim.connection, claim.purpose);
      if (claim.user === null) this.#asking.delete(claim.connection);
      else this.#asking.set(claim.connection, claim.user);
    } else if (claim.type === 'served') {
      if (claim.user === null) this.#served.delete(claim.connection);
      else this.#served.set(claim.connection, claim.user);
    } else if (claim.type === 'learned' && claim.secret) {
      this.#passwords.add(pair(claim.secret.passwordOf, claim.by));
    }
  }
}

const hostOf = (server: string) => connectionIn(server)?.to ?? '';
