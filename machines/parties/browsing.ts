/**
 * The messages and signals of a browser: fetches, redirects to another host, and prompts.
 *
 * @source RFC 7617 2.2; RFC 9110 15.4
 */
import type { NavigationEvent, OwnerEvent, Path, Port } from '../vocabulary/messages.ts';
import { present } from '../vocabulary/reading.ts';
import type { Credential, HostName, Secret, UserName } from '../vocabulary/terms.ts';

export type BrowserInput = {
  readonly user: UserName;
  readonly server: HostName;
  readonly via: Port; // the connection it uses after a redirect
};
export type Visit = { readonly via: Port; readonly path: Path };
export type Context = BrowserInput & {
  readonly credential: Credential | null; // non-null exactly in `remembered`
  readonly visit: Visit | null; // the visit to repeat; non-null exactly in `asking`
};
export type BrowserEvent =
  | OwnerEvent
  | NavigationEvent
  | { readonly type: 'user.visits'; readonly via: Port; readonly path: Path }
  /** `via`: where the visit is repeated; absent: on the connection that was refused. */
  | { readonly type: 'user.types'; readonly secret: Secret; readonly via?: Port }
  | { readonly type: 'user.cancels' };

type Now<Type extends BrowserEvent['type']> = {
  readonly context: Context;
  readonly event: Extract<BrowserEvent, { type: Type }>;
};
export type Redirected = Now<'owner.redirected'>['event'];

const fetching = ({ user }: Context, credential: Credential | null, { via, path }: Visit) => ({
  to: via,
  event: {
    type: 'client.fetch' as const,
    path,
    credential,
    purpose: null,
    ghost: { cause: user },
  },
});

// Parameters of actions.

/** The visit that was refused. */
export const refusedVisit = ({
  event: { from, path },
}: Pick<Now<'owner.unauthorized'>, 'event'>): Visit => ({ via: from, path });

export const visited = ({ context, event }: Now<'user.visits'>) =>
  fetching(context, context.credential, event);

export const retried = ({ context, event }: Now<'owner.unauthorized'>) =>
  fetching(context, context.credential, refusedVisit({ event }));

export const resumed = ({ context, event: { via } }: Now<'user.types'>) => {
  const visit = present(context, 'visit');
  return fetching(context, context.credential, { ...visit, via: via ?? visit.via });
};

export const followed = ({ context, event }: Now<'browser.navigated'>) =>
  fetching(context, event.carried ?? context.credential, { via: context.via, path: event.path });

/** Browsers know each other by the hosts they are for. */
const navigate = ({ path, to }: Redirected, carried: Credential | null) => ({
  to,
  event: { type: 'browser.navigated' as const, path, carried },
});

export const goOn = ({ event }: Now<'owner.redirected'>) => navigate(event, null);
export const goOnWithCredential = ({ context, event }: Now<'owner.redirected'>) =>
  navigate(event, context.credential);

const who = ({ user, server }: Context) => ({ user, server });

export const prompted = ({ context }: { readonly context: Context }) => ({
  type: 'prompted' as const,
  ...who(context),
});

export const entered = ({ context, event: { secret } }: Now<'user.types'>) => ({
  type: 'entered' as const,
  ...who(context),
  secret,
});

export const wasRedirected = ({ context }: Now<'browser.navigated'>) => ({
  type: 'followed' as const,
  ...who(context),
});
