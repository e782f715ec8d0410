/**
 * Every proxy of the laboratory: reverse proxies that share the connections behind them, or close
 * them, and a forward proxy that pins them.
 */
import type { LabProxy } from './kind.ts';
import { apacheClosing, apachePooled } from './mod-proxy.ts';
import { nginxClosing, nginxPooled } from './nginx.ts';
import { squidPinned } from './squid-open.ts';

export type { LabProxy } from './kind.ts';

export const PROXIES: readonly LabProxy[] = [
  nginxPooled,
  nginxClosing,
  apachePooled,
  apacheClosing,
  squidPinned,
];
