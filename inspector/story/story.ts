/**
 * What the inspector shows, as plain data. A story is one run of a system with everything that it
 * takes to tell it, so that whoever shows it runs no machine.
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
  readonly targets: readonly string[]; // ids of nodes; empty: stays where it is
  readonly event: string; // '' for an eventless transition ("always")
  readonly guard: string | null;
  readonly actions: readonly string[];
};

export type Chart = {
  readonly machine: string; // its id
  readonly root: ChartNode;
  readonly transitions: readonly ChartTransition[];
};

/** A component of the system, and where it is shown. */
export type StoryComponent = {
  readonly name: string; // "alice>frontEnd#1/server"
  readonly machine: string; // id of a chart
  readonly party: string; // whose lane it is on: "alice", "frontEnd"; '' of wires and monitors
  readonly role: 'browser' | 'client' | 'wire' | 'server' | 'page' | 'monitor' | 'other';
  readonly connection: string | null; // null: of no single connection
};

export type State = {
  readonly active: readonly string[]; // ids of nodes, outermost first; the root's is among them
  readonly context: unknown;
};

/** What one component did with one event it heard. */
export type Reaction = {
  readonly component: string;
  readonly event: Delivery['event']; // as heard, with `from`
  readonly from: string; // the sender's component; the component itself for an offer
  /** Ids of transitions, in order. Null: not known, as of actors that others run. */
  readonly taken: readonly string[] | null;
  readonly guards: readonly { readonly name: string; readonly held: boolean }[]; // as asked
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
  /** What it carries of a secret, in words, and what that is bound to. Null: nothing. */
  readonly credential: { readonly what: string; readonly boundTo: string } | null;
};

export type StoryStep = {
  readonly sentence: string;
  /** The offer's first, then the cascade's, in order, those of monitors among them. Never empty. */
  readonly reactions: readonly Reaction[];
  readonly signals: readonly Delivery[]; // what monitors heard in this step
  readonly travels: readonly Travel[]; // in order; what is taken off a wire, then what is put on
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
  readonly fault: string | null; // id of the one mistake made; null: honest machines
  readonly expected: Verdict;
  readonly verdict: Verdict;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number; // steps
  readonly milliseconds: number;
};

export type Story = {
  readonly format: 'double-hop-story/2';
  readonly title: string; // "confinement violated, article (Basic)"
  readonly sentence: string; // what came of it, in plain words
  readonly deployment: string;
  readonly summary: string; // "alice -> frontEnd (NTLM) -> mailbox (NTLM)"
  readonly bounds: string; // in words; '' where there are none
  readonly checked: CheckedClaim | null; // null: nothing is claimed of a live run, or of steps by hand
  readonly parties: readonly string[]; // lanes, left to right: users, then hosts by hop
  readonly charts: readonly Chart[];
  readonly components: readonly StoryComponent[];
  readonly initial: Readonly<Record<string, State>>; // by component
  readonly steps: readonly StoryStep[];
  /**
   * The position that matters, where it is violated or witnessed: after so many steps. Positions go
   * from 0, the initial state, to the number of steps. Null: none matters more than others.
   */
  readonly decisive: number | null;
  /** What is to be said of that position. Null exactly where there is none. */
  readonly mark: { readonly text: string; readonly isViolation: boolean } | null;
  /**
   * The position at which a part begins that goes on for ever: up to the end, where all states are
   * as they were there. The end itself: nothing has to happen any more. Null: the run just ends.
   */
  readonly loop: number | null;
  readonly cost: string; // one line: what the run leaves behind
};
