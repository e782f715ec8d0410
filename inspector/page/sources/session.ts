/** The data of the page: the command's news, dropped documents, and running actors. */
import type { Deployment } from '../../../machines/system/topology.ts';
import type { ClaimVerdict, Verdicts } from '../../../properties/verdicts/verdicts.ts';
import { type Inspection, type News, OWN_SOURCE, type Progress } from '../../feed.ts';
import { Fold } from '../../story/protocol/fold.ts';
import { isSameStory, type StoryRef } from '../place/address.ts';
import type { FeedStatus } from './feed-client.ts';

/** A verdict, and the reference of its story. */
export type Entry = {
  readonly ref: StoryRef;
  readonly verdict: ClaimVerdict;
  readonly deployment: Deployment;
  readonly isRemedy: boolean; // shown only beside another
};

/** The actors of one source. Its fold and messages grow. */
export type Run = {
  readonly source: string;
  readonly fold: Fold;
  readonly messages: readonly Inspection[];
  readonly isForeign: boolean; // of another program than the command
  readonly hasLeft: boolean;
};

export type Opened = Extract<News, { readonly type: 'opened' }>;

export type SessionState = {
  readonly status: FeedStatus | null; // null: there is no command
  readonly opened: Opened | null;
  readonly entries: readonly Entry[];
  readonly progress: Progress | null;
  readonly limit: string | null;
  readonly isFinished: boolean; // no further verdict will come
  readonly runs: ReadonlyMap<string, Run>;
};

const NOTHING: SessionState = {
  status: null,
  opened: null,
  entries: [],
  progress: null,
  limit: null,
  isFinished: false,
  runs: new Map(),
};

export class Session {
  #known = NOTHING;
  readonly #listeners = new Set<(known: SessionState) => void>();
  #isPending = false;
  readonly #soon: (run: () => void) => void;

  /** @param soon - schedules the next notification, so that several changes share one. */
  constructor(soon: (run: () => void) => void) {
    this.#soon = soon;
  }

  get known(): SessionState {
    return this.#known;
  }

  /** @returns what ends it. */
  listen(listener: (known: SessionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  hear(news: News): void {
    this.#become(this.#after(news));
  }

  progress(progress: Progress): void {
    this.#become({ progress });
  }

  status(status: FeedStatus): void {
    this.#become({ status });
  }

  /** Adds the claims of a document. `file` null: the page itself holds it. */
  add({ deployments, claims, fault }: Verdicts, file: string | null): readonly Entry[] {
    const added = claims.flatMap((verdict): readonly Entry[] => {
      const deployment = deployments.find(({ name }) => name === verdict.deployment);
      const ref = { claim: verdict.id, on: verdict.deployment, fault, file };
      return deployment === undefined ? [] : [{ ref, verdict, deployment, isRemedy: false }];
    });
    const others = this.#known.entries.filter(({ ref }) => ref.file === null || ref.file !== file);
    this.#become({ entries: [...others, ...added] });
    return added;
  }

  #after(news: News): Partial<SessionState> {
    switch (news.type) {
      case 'opened':
        return { opened: news };
      case 'verdict': {
        const { deployment, fault, isRemedy, verdict } = news;
        const ref = { claim: verdict.id, on: deployment.name, fault, file: null };
        return {
          entries: [...this.#known.entries, { ref, verdict, deployment, isRemedy }],
        };
      }
      case 'limit':
        return { limit: news.message };
      case 'finished':
        return { isFinished: true, progress: null };
      case 'inspection':
        return { runs: this.#extended(news.source, news.message) };
      case 'left':
        return { runs: this.#left(news.source) };
    }
  }

  #extended(source: string, message: Inspection): ReadonlyMap<string, Run> {
    const run = this.#known.runs.get(source) ?? newRun(source);
    run.fold.add(message);
    (run.messages as Inspection[]).push(message);
    return new Map(this.#known.runs).set(source, { ...run });
  }

  #left(source: string): ReadonlyMap<string, Run> {
    const run = this.#known.runs.get(source);
    if (run === undefined) return this.#known.runs;
    return new Map(this.#known.runs).set(source, { ...run, hasLeft: true });
  }

  #become(change: Partial<SessionState>): void {
    this.#known = { ...this.#known, ...change };
    if (this.#isPending) return;
    this.#isPending = true;
    this.#soon(() => {
      this.#isPending = false;
      for (const listener of this.#listeners) listener(this.#known);
    });
  }
}

const newRun = (source: string): Run => ({
  source,
  fold: new Fold(),
  messages: [],
  isForeign: source !== OWN_SOURCE,
  hasLeft: false,
});

export const entryOf = (known: SessionState, ref: StoryRef): Entry | undefined =>
  known.entries.find((entry) => isSameStory(entry.ref, ref));
