/// <reference types="vite/client" />
/**
 * Lays out charts that were unknown at build time, in the page only. ELK is loaded on demand and
 * runs in a worker, so that it can be stopped.
 */
import type { Chart } from '../../story/story.ts';
import { type ChartLayout, layoutChart } from './layout.ts';

const TIME_MS = 5_000;

/**
 * Null where there is none: it takes too long, ELK fails or cannot be loaded, or it is not part of
 * the page, which is so of one that stands alone. Never rejects.
 */
export async function layoutLater(chart: Chart): Promise<ChartLayout | null> {
  if (import.meta.env.MODE === 'standalone') return null;
  try {
    return await withinTime(chart, await startElk());
  } catch {
    return null;
  }
}

async function startElk() {
  const [{ default: elkApi }, { default: workerUrl }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?url'),
  ]);
  return new elkApi.default({ workerFactory: () => new Worker(workerUrl) });
}

async function withinTime(
  chart: Chart,
  elk: Awaited<ReturnType<typeof startElk>>,
): Promise<ChartLayout | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, TIME_MS, null);
  });
  try {
    return await Promise.race([layoutChart(chart, elk), limit]);
  } finally {
    clearTimeout(timer);
    elk.terminateWorker();
  }
}
