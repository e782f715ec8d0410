/**
 * What the command tells the page, in order, over one WebSocket. All but progress is kept, so that
 * a page that opens late, or comes back, is told everything from where it says it is.
 */
import type { Deployment } from '../machines/system/topology.ts';
import type { ClaimVerdict } from '../properties/verdicts/verdicts.ts';
import type { Inspection } from './story/protocol/inspection.ts';

export type { Inspection };

/** With it the server closes the connection of whoever may not have one: RFC 6455, 7.4.1. */
export const POLICY_VIOLATION = 1008;

export type News =
  /** Always the first. */
  | {
      readonly type: 'opened';
      readonly topology: string;
      readonly deployments: readonly Deployment[];
      /** `claims`: judges the topology. `trace`: shows what a file holds. `live`: actors run. */
      readonly about: 'claims' | 'trace' | 'live';
      readonly claims: readonly string[]; // ids that were asked for; empty: all
      readonly stately: boolean; // whether the official inspector was asked for
      readonly total: number; // verdicts to come
    }
  | {
      readonly type: 'verdict';
      readonly deployment: Deployment;
      readonly fault: string | null; // id
      /** True: not asked for, but judged to be shown beside a violation: what stops it. */
      readonly isRemedy: boolean;
      readonly verdict: ClaimVerdict;
    }
  /** A limit was reached: what was not judged is not proved, what was not kept is not shown. */
  | { readonly type: 'limit'; readonly message: string }
  /** Nothing more will be judged. */
  | { readonly type: 'judged' }
  /** Of an actor that runs. `source` tells writers apart: their session ids may be the same. */
  | { readonly type: 'inspection'; readonly source: string; readonly message: Inspection }
  | { readonly type: 'left'; readonly source: string }; // a writer is gone

/** The source of actors that the command itself runs. Every other is another program's. */
export const OWN_SOURCE = 'double-hop';

/** Not kept. */
export type Progress = {
  readonly type: 'progress';
  readonly done: number; // verdicts
  readonly total: number;
  readonly claim: string;
  readonly deployment: string;
  readonly states: number;
  readonly depth: number; // steps
};

/** As it is sent: the number of the news, from 0. */
export type Numbered = (News & { readonly index: number }) | Progress;
