/**
 * A story: one run of a system as plain data, with everything that the inspector shows of it. A
 * reader needs no machine.
 */
import type { Delivery } from '../../checker/model/system.ts';
import type { Kind, Verdict } from '../../properties/claim.ts';
import type { CredentialEvent } from '../../story/credential-events.ts';

/** One state node of a chart. Children are in the order in which their author wrote them. */
export type ChartNode = {
  readonly id: string; // XState's: "ntlmServerConnection.closed"
  readonly key: string;
  readonly description: string | null; // its author's; null: it has none
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  readonly initial: string | null; // id of a child
  readonly entry: readonly string[]; // names of actions
  readonly exit: readonly string[];
  readonly children: readonly ChartNode[];
};

export type ChartTransition = {
  readonly id: string; // unique in its chart, see `Reaction.taken`
  readonly source: string; // id of a node
  readonly targets: readonly string[]; // ids of nodes; empty: no change of state
  readonly event: string; // '' for an eventless transition ("always")
  readonly guard: string | null;
  readonly actions: readonly string[];
};

export type Chart = {
  readonly machine: string; // its id
  readonly root: ChartNode;
  readonly transitions: readonly ChartTransition[];
};

/** A component of the system, and its place in the diagram. */
export type StoryComponent = {
  readonly name: string; // "alice>frontEnd#1/server"
  readonly machine: string; // id of a chart
  readonly party: string; // of its lifeline: "alice", "frontEnd"; '' for wires and monitors
  readonly role: 'browser' | 'client' | 'wire' | 'server' | 'page' | 'monitor' | 'other';
  readonly connection: string | null; // null: of no single connection
};

export type State = {
  readonly active: readonly string[]; // ids of nodes, outermost first; the root's is among them
  readonly context: unknown;
};

/** The reaction of one component to one event. */
export type Reaction = {
  readonly component: string;
  readonly event: Delivery['event']; // as received, with `from`
  readonly from: string; // the sender's component; the component itself for an offer
  /** Ids of transitions, in order. Null: not known, as for actors of other programs. */
  readonly taken: readonly string[] | null;
  readonly guards: readonly { readonly name: string; readonly held: boolean }[]; // as evaluated
  readonly actions: readonly string[]; // names, in order
  readonly after: State;
};

/** A message put on a wire, or taken off one. */
export type Travel = {
  readonly from: string; // party
  readonly to: string; // party
  readonly label: string; // "AUTHENTICATE as alice"
  readonly isReply: boolean;
  readonly delivered: boolean; // false: only put on the wire
  /** The credential that it carries, in words, and what that is bound to. Null: none. */
  readonly credential: { readonly what: string; readonly boundTo: string } | null;
};

export type StoryStep = {
  readonly sentence: string;
  /** The offer's first, then the cascade's, in order, those of monitors among them. Never empty. */
  readonly reactions: readonly Reaction[];
  readonly signals: readonly Delivery[]; // received by the monitors in this step
  readonly travels: readonly Travel[]; // the delivered message first, then those that are sent
  readonly notes: readonly { readonly party: string; readonly text: string }[]; // beside the arrows
  readonly credentials: readonly CredentialEvent[]; // who did what with them
};

/** What the run is evidence of. */
export type CheckedClaim = {
  readonly claim: string; // id
  readonly name: string;
  readonly kind: Kind;
  readonly given: string; // the claim's hypothesis, in words
  readonly source: string;
  readonly fault: string | null; // id of the injected fault; null: none
  readonly expected: Verdict | null; // null: theory predicts none
  readonly verdict: Verdict;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number; // steps
  readonly milliseconds: number;
};

export type Story = {
  readonly format: 'double-hop-story/2';
  readonly title: string; // "confinement violated, article (Basic)"
  readonly sentence: string; // the verdict in plain words
  readonly deployment: string;
  readonly summary: string; // "alice -> frontEnd (NTLM) -> mailbox (NTLM)"
  readonly bounds: string; // in words; '' where there are none
  readonly checked: CheckedClaim | null; // null: of a live run, or of steps by hand
  readonly parties: readonly string[]; // lifelines, left to right: users, then hosts by hop
  readonly charts: readonly Chart[];
  readonly components: readonly StoryComponent[];
  readonly initial: Readonly<Record<string, State>>; // by component
  readonly steps: readonly StoryStep[];
  /**
   * The position at which the claim is violated or witnessed, as a number of steps. Positions go
   * from 0, the initial state, to the number of steps. Null: there is none.
   */
  readonly decisive: number | null;
  /** The label of that position. Null exactly where there is none. */
  readonly mark: { readonly text: string; readonly isViolation: boolean } | null;
  /**
   * The position at which the loop begins: its last state is the same as its first. Equal to the
   * number of steps: no further step has to happen. Null: the run ends.
   */
  readonly loop: number | null;
  readonly cost: string; // one line: the hosts that have a password or a token afterwards
};
