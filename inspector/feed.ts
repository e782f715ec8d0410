/**
 * The messages of the command to the page, in order, over one WebSocket. All but progress is kept:
 * a page that opens late or reconnects receives everything after the number that it names.
 */
import type { Deployment } from '../machines/system/topology.ts';
import type { ClaimVerdict } from '../properties/verdicts/verdicts.ts';
import type { Inspection } from './story/protocol/inspection.ts';

export type { Inspection };

/** The server closes a forbidden connection with this code: RFC 6455, 7.4.1. */
export const POLICY_VIOLATION = 1008;

export type News =
  /** Always the first. */
  | {
      readonly type: 'opened';
      readonly topology: string;
      readonly deployments: readonly Deployment[];
      /** `claims`: checks the topology. `trace`: shows a file's verdicts. `live`: actors run. */
      readonly about: 'claims' | 'trace' | 'live';
      readonly claims: readonly string[]; // requested ids; empty: all
      readonly stately: boolean; // whether the official inspector was requested
      readonly total: number; // verdicts to come
    }
  | {
      readonly type: 'verdict';
      readonly deployment: Deployment;
      readonly fault: string | null; // id
      /** True: not requested, but shown beside another verdict, as the remedy of a violation. */
      readonly isRemedy: boolean;
      readonly verdict: ClaimVerdict;
    }
  /** A limit was reached: later claims are not checked, later inspections not kept. */
  | { readonly type: 'limit'; readonly message: string }
  /** No further claim will be checked. */
  | { readonly type: 'finished' }
  /** Of a running actor. `source` distinguishes writers, whose session ids may be equal. */
  | { readonly type: 'inspection'; readonly source: string; readonly message: Inspection }
  | { readonly type: 'left'; readonly source: string }; // a writer has disconnected

/** The source of the command's own actors. Any other source is another program. */
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

/** With the number of the news, from 0. */
export type Numbered = (News & { readonly index: number }) | Progress;
