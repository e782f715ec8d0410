/** What a story has to remember of the steps it has told. */
import type { Delivery, Step } from '../../checker/system.ts';
import type { Path } from '../../machines/messages.ts';
import type { ConnectionName, HostName, UserName } from '../../machines/terms.ts';
import { connectionIn } from './cast.ts';
import type { Message, StoryEvent } from './events.ts';

const pair = (user: UserName | null, host: HostName) => `${user}@${host}`;

export class Memory {
  readonly #inTransit: Map<ConnectionName, Message>;
  readonly #paths: Map<ConnectionName, Path>; // what was last fetched there
  readonly #serving: Map<string, UserName>; // a page, and whose request it has in hand
  readonly #prompted: Set<string>;
  readonly #accepted: Set<string>; // since the user last typed
  readonly #passwords: Set<string>; // whose, and which host has it
  readonly #tokens: Set<string>;
  readonly #challenged: Set<ConnectionName>; // since it opened

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

  /** To be called once a step has been told. */
  note({ component, event, deliveries }: Step): void {
    const connection = connectionIn(component);
    if (connection && event.type.startsWith('wire.')) this.#inTransit.delete(connection.name);
    if (event.type === 'user.types') this.#accepted.delete(component);
    for (const delivery of deliveries) this.#noteDelivery(delivery);
  }

  #noteDelivery({ from, to, event }: Delivery): void {
    const told = event as StoryEvent; // the only ones there are
    const connection = connectionIn(to)?.name ?? '';
    if (told.type === 'wire.send') this.#inTransit.set(connection, told.message);
    else if (told.type === 'fetch') this.#paths.set(connection, told.path);
    else if (told.type === 'connection.closed') this.#challenged.delete(connection);
    else if (told.type === 'page.abandoned') this.#serving.delete(to);
    else if (told.type === 'page.ready' || told.type === 'page.unauthorized') {
      this.#serving.delete(from);
    } else if (told.type === 'page.requested') {
      const { identity } = told;
      if (identity && connection !== '') this.#serving.set(to, identity.user);
      if (identity?.secret === null) this.#tokens.add(pair(identity.user, hostOf(from)));
    } else this.#noteClaim(told);
  }

  #noteClaim(claim: StoryEvent): void {
    if (claim.type === 'prompted') this.#prompted.add(pair(claim.user, claim.server));
    else if (claim.type === 'commit') this.#accepted.add(pair(claim.user, claim.server));
    else if (claim.type === 'issued') this.#challenged.add(claim.challenge.connection);
    else if (claim.type === 'learned' && claim.secret) {
      this.#passwords.add(pair(claim.secret.passwordOf, claim.by));
    }
  }
}

const hostOf = (server: string) => connectionIn(server)?.to ?? '';
