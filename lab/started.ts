/** The acceptors and proxies of the laboratory: other people's software, started on demand. */
import type { Account } from '../conformance/codec/initiate.ts';
import type { Target } from '../conformance/drive/target.ts';
import type { NtlmPolicy } from '../machines/ntlm/policy.ts';
import type { Lab } from './lab.ts';
import { type Address, originOf } from './ports.ts';
import type { Requirement } from './requirements.ts';

/** The domain of all acceptors, and its two accounts. */
export const DOMAIN = 'LAB';
export const ALICE: Account = { user: 'alice', domain: DOMAIN, password: 'Wonderland1!' };
export const BOB: Account = { user: 'bob', domain: DOMAIN, password: 'Builder2?x' };

/** A page at `path` of a server where both accounts may sign in, and X-User says who did. */
export const targetAt = (address: Address, path: string, but: Partial<Target> = {}): Target => ({
  origin: originOf(address),
  path,
  proxy: null,
  accounts: { right: ALICE, other: BOB },
  identityHeader: 'X-User',
  ca: null,
  ...but,
});

export type Started = {
  readonly target: Target;
  /** Another server of the same kind, with the same accounts. Null: there is none. */
  readonly back: Target | null;
  /** Its output and log files. */
  readonly log: () => string;
  /** How it ended by itself, with its last lines. Null: it runs, or was stopped. */
  readonly trouble: () => string | null;
  /** Stops it, and `back`. @throws LabError if one had ended by itself. */
  readonly stop: () => Promise<void>;
};

export type AcceptorName =
  | 'apache-gssapi'
  | 'ntlm-auth'
  | 'ntlm-auth-winbind'
  | 'squid'
  | 'express-ntlm'
  | 'apache-basic';

export type Acceptor = {
  readonly name: AcceptorName;
  readonly needs: readonly Requirement[];
  /** Its policy in the model. Null: it does not speak NTLM. */
  readonly policy: NtlmPolicy | null;
  /** @throws LabError if a server does not start. */
  readonly start: (lab: Lab) => Promise<Started>;
};

/** A proxy asks for no sign-in; the server behind it does. */
export type LabProxy = {
  readonly name: string;
  readonly needs: readonly Requirement[];
  /** The shipped topology with the model's proxy of this kind. */
  readonly topology: 'pooling-proxy' | 'closing-proxy' | 'pinned-proxy';
  /**
   * @param behind - the server behind it. The proxy's target is the same page.
   * @throws LabError if it does not start.
   */
  readonly start: (lab: Lab, behind: Target) => Promise<Started>;
};

/** Started servers as one: the first is the target, and the second is behind it, or another. */
export const together = (
  target: Target,
  back: Target | null,
  servers: readonly Pick<Started, 'log' | 'trouble' | 'stop'>[],
): Started => ({
  target,
  back,
  log: () => servers.map(({ log }) => log()).join(''),
  trouble: () => servers.map(({ trouble }) => trouble()).find((said) => said !== null) ?? null,
  stop: async () => {
    const stopped = await Promise.allSettled(servers.map(({ stop }) => stop()));
    for (const outcome of stopped) if (outcome.status === 'rejected') throw outcome.reason;
  },
});
