/** Deployments with an adversary, with a guard and without it. */
import { DEFENCES, type Defences } from '../../machines/ntlm/acceptor.ts';
import { INITIATOR, type Initiator } from '../../machines/ntlm/initiator.ts';
import type { Adversary, Host, Topology, User } from '../../machines/system/topology.ts';
import { host, SMALL, user, visitors } from './defaults.ts';

export const mallory = (
  controls: Adversary['controls'],
  may: Adversary['may'],
  knows: Adversary['knows'] = [],
): Adversary => ({ name: 'mallory', controls, may, knows });

/** Alice visits a host of mallory's, and the mailbox server, which mallory's host calls on. */
type Scene = {
  readonly may: Adversary['may'];
  readonly evil?: Partial<Host>;
  readonly mailbox?: Partial<Host>;
  readonly defences?: Partial<Defences>; // the mailbox server's
  readonly alice?: Partial<User>;
  readonly initiator?: Partial<Initiator>; // alice's
  readonly knows?: Adversary['knows'];
};

/** Where the adversary changes messages, connections stay open, to bound the state space. */
const scene = (
  name: string,
  { may, evil, mailbox, defences, alice, initiator, knows }: Scene,
): Topology => ({
  name,
  compare: [],
  users: [
    user('alice', ['evil', 'mailbox'], {
      ...alice,
      initiator: { ...INITIATOR, ...initiator },
    }),
  ],
  hosts: [
    host('evil', { accepts: 'NTLM', callsOn: 'mailbox', ...evil }),
    host('mailbox', {
      accepts: 'NTLM',
      defences: { ...DEFENCES, ...defences },
      ...mailbox,
    }),
  ],
  programs: [],
  adversary: mallory(['evil'], may, knows),
  bounds: { ...SMALL, closing: !may.some((some) => some === 'strip' || some === 'inject') },
});

const TLS = { evil: { certificate: 'evil' }, mailbox: { certificate: 'mailbox' } };
const BOUND = { ...TLS, defences: { channelBinding: 'required' } } as const;

// Relay (P5, P6).
export const RELAY = scene('relay', { may: ['relay'] });
export const RELAY_CHANNEL_BINDING = scene('relay-channel-binding', { ...BOUND, may: ['relay'] });
export const RELAY_OVER_TLS = scene('relay over TLS, no binding asked for', {
  ...TLS,
  may: ['relay'],
});
export const RELAY_SHARED_CERTIFICATE = scene('relay-shared-certificate', {
  ...BOUND,
  evil: { certificate: 'mailbox' },
  may: ['relay'],
});
export const RELAY_NTLMV1 = scene('relay of NTLMv1 past a required binding', {
  ...BOUND,
  defences: { channelBinding: 'required', ntlmv1: 'allowed' },
  initiator: { version: 'NTLMv1' },
  may: ['relay'],
});
export const NTLMV1_REFUSED = scene('relay of NTLMv1, refused', {
  ...BOUND,
  initiator: { version: 'NTLMv1' },
  may: ['relay'],
});
export const BINDING_IF_PRESENT = scene('binding checked if present', {
  ...TLS,
  defences: { channelBinding: 'checkedIfPresent' },
  may: ['relay'],
});
export const BINDING_NOT_THERE = scene('binding checked if present, and stripped with TLS', {
  mailbox: { certificate: 'mailbox' },
  defences: { channelBinding: 'checkedIfPresent' },
  may: ['relay'],
});
export const BINDING_REQUIRED_NOT_THERE = scene('binding required, and stripped with TLS', {
  mailbox: { certificate: 'mailbox' },
  defences: { channelBinding: 'required' },
  may: ['relay'],
});
export const BINDING_NOT_SENT = scene('binding checked if present, and never sent', {
  ...TLS,
  defences: { channelBinding: 'checkedIfPresent' },
  initiator: { bindsChannel: false },
  may: ['relay'],
});
export const TARGET_CHECKED = scene('target name checked', {
  defences: { targetName: 'checked' },
  may: ['relay'],
});
export const TARGET_UNVERIFIED = scene('target name checked, and flagged as unverified', {
  defences: { targetName: 'checked' },
  initiator: { trustsTarget: false },
  may: ['relay'],
});

// Messages that are changed on the way (P8).
const TAMPERING = { ...BOUND, may: ['relay', 'strip', 'inject'] } as const;
/** Without a MIC the client also sends an LM response, which only the acceptor can refuse. */
export const PAIRS_COVERED = scene('binding rewritten', {
  ...TAMPERING,
  initiator: { sendsMic: false },
});
export const LM_ACCEPTED = scene('binding rewritten, LM response accepted', {
  ...TAMPERING,
  defences: { channelBinding: 'required', lmResponse: 'accepted' },
  initiator: { sendsMic: false },
});
const STRIPPING = { may: ['relay', 'strip'], alice: { visits: ['evil'] } } as const;
export const MIC_CHECKED = scene('MIC checked where it is flagged', STRIPPING);
export const MIC_IGNORED = scene('MIC ignored', { ...STRIPPING, defences: { mic: 'ignored' } });
const HIDING = { ...STRIPPING, may: ['relay', 'strip', 'inject'] } as const;
export const MIC_FLAG_SEEN = scene('MIC flag inserted, and dropped by the client', HIDING);
export const MIC_FLAG_HIDDEN = scene('MIC flag hidden by another', {
  ...HIDING,
  initiator: { dropsFlags: false },
});

// Reflection (P9): the host behind mallory's is alice's own machine.
const reflection = (name: string, loopback: Defences['loopback']): Topology => ({
  ...scene(name, { may: ['reflect'] }),
  users: [user('alice', ['evil', 'workstation'], { at: 'workstation' })],
  hosts: [
    host('evil', { accepts: 'NTLM', callsOn: 'workstation' }),
    host('workstation', { accepts: 'NTLM', defences: { ...DEFENCES, loopback } }),
  ],
});
export const REFLECTION = reflection('reflection', 'unchecked');
export const LOOPBACK_CHECKED = reflection('reflection, loopback checked', 'checked');

// Replay (P2), also of one server's responses to another (P4).
const tapped = (name: string, challenges: Defences['challenges']): Topology => ({
  ...scene(name, { may: [] }),
  users: [user('alice', ['mailbox'])],
  hosts: [host('mailbox', { accepts: 'NTLM', defences: { ...DEFENCES, challenges } })],
  adversary: mallory(['alice>mailbox'], ['observe', 'replay']),
});
export const FRESH_CHALLENGE = tapped('fresh challenges, overheard', 'fresh');
export const STATIC_CHALLENGE = tapped('static-challenge', 'static');

/** Mallory's host sends the constant challenge of a server that issues no fresh ones. */
const chosen = (name: string, serverName: Defences['serverName']): Topology =>
  scene(name, {
    may: ['inject', 'replay'],
    defences: { challenges: 'static', serverName },
    alice: { visits: ['evil'] },
  });
export const NAMES_REQUIRED = chosen('chosen challenge, names required', 'required');
export const NAMES_IGNORED = chosen('chosen challenge, names ignored', 'ignored');
export const NAMES_EMPTY = chosen('chosen challenge without names', 'checkedIfPresent');

// Secrets (P10).
const listening = (name: string, accepts: 'NTLM' | 'Basic', alice: Partial<User>): Topology => ({
  ...scene(name, { may: [] }),
  users: [user('alice', ['mailbox'], alice)],
  hosts: [host('mailbox', { accepts })],
  adversary: mallory(['alice>mailbox'], ['observe']),
});
export const OVERHEARD_NTLM = listening('NTLM overheard', 'NTLM', {});
export const OVERHEARD_BASIC = listening('Basic overheard', 'Basic', {});
export const OVERHEARD_WEAK = listening('NTLM overheard, weak password', 'NTLM', {
  password: 'weak',
});
export const NO_SECRET = scene('an adversary without a secret', { may: ['inject'] });
export const STOLEN_HASH = scene('an adversary with a stolen hash', {
  may: ['inject'],
  knows: ['alice'],
});

/** The adversary signs in with its own account. */
export const OWN_ACCOUNT: Topology = {
  ...listening('an adversary with an account', 'NTLM', {}),
  users: visitors(['mailbox'], 'alice', 'mallory'),
  adversary: mallory(['mallory'], ['inject']),
};

// In the middle of a wire (P11): the adversary takes over a connection to the right server.
const inTheMiddle = (name: string, certificate: string | null): Topology => ({
  ...scene(name, { may: [] }),
  users: [user('alice', ['mailbox'])],
  hosts: [host('mailbox', { accepts: 'NTLM', certificate })],
  adversary: mallory(['alice>mailbox'], ['relay']),
});
export const WIRE_OPEN = inTheMiddle('between alice and the mailbox', null);
export const WIRE_TLS = inTheMiddle('between alice and the mailbox, TLS', 'mailbox');

/** The adversary can only cut the wire, as TLS protects the rest. */
export const WIRE_CUT: Topology = {
  ...inTheMiddle('a wire that is cut', 'mailbox'),
  adversary: mallory(['alice>mailbox'], ['close']),
  bounds: { ...SMALL, closing: false }, // so that only the adversary closes
};

export const WITH_ADVERSARY: readonly Topology[] = [
  RELAY,
  RELAY_CHANNEL_BINDING,
  RELAY_OVER_TLS,
  RELAY_SHARED_CERTIFICATE,
  RELAY_NTLMV1,
  NTLMV1_REFUSED,
  BINDING_IF_PRESENT,
  BINDING_NOT_THERE,
  BINDING_REQUIRED_NOT_THERE,
  BINDING_NOT_SENT,
  TARGET_CHECKED,
  TARGET_UNVERIFIED,
  PAIRS_COVERED,
  LM_ACCEPTED,
  MIC_CHECKED,
  MIC_IGNORED,
  MIC_FLAG_SEEN,
  MIC_FLAG_HIDDEN,
  REFLECTION,
  LOOPBACK_CHECKED,
  FRESH_CHALLENGE,
  STATIC_CHALLENGE,
  NAMES_IGNORED,
  NAMES_REQUIRED,
  NAMES_EMPTY,
  OVERHEARD_NTLM,
  OVERHEARD_BASIC,
  OVERHEARD_WEAK,
  NO_SECRET,
  STOLEN_HASH,
  OWN_ACCOUNT,
  WIRE_OPEN,
  WIRE_TLS,
  WIRE_CUT,
];
