/** The official inspector in a window of its own, and the messages sent to it. */
import { createBrowserInspector, type StatelyInspectionEvent } from '@statelyai/inspect';
import { inspectorOptions } from '../../story/protocol/official.ts';

export const STATELY_URL = 'https://stately.ai/inspect';

export type OfficialState = {
  readonly isOpen: boolean;
  readonly isHeard: boolean; // its window has connected
  readonly sent: number; // messages
  readonly problem: string | null;
};

export class Official {
  static readonly closed: OfficialState = { isOpen: false, isHeard: false, sent: 0, problem: null };

  readonly #onState: (state: OfficialState) => void;
  #state = Official.closed;
  #inspector: ReturnType<typeof createBrowserInspector> | null = null;

  constructor(onState: (state: OfficialState) => void) {
    this.#onState = onState;
  }

  /** To be called from a user's click: otherwise the browser blocks the window. */
  open(): void {
    this.stop();
    addEventListener('message', this.#hear);
    this.#inspector = createBrowserInspector({ ...inspectorOptions, url: STATELY_URL });
    const isOpen = this.#inspector.adapter.targetWindow !== null;
    const problem = isOpen ? null : 'The browser opened no window: allow this page to open one.';
    this.#become({ ...Official.closed, isOpen, problem });
  }

  /** All of a run's messages so far: those that were sent already are not sent again. */
  send(messages: readonly unknown[]): void {
    if (this.#inspector === null || !this.#state.isOpen) return;
    const waiting = messages.slice(this.#state.sent);
    if (waiting.length === 0) return;
    for (const message of waiting) this.#inspector.adapter.send(message as StatelyInspectionEvent);
    this.#become({ ...this.#state, sent: messages.length });
  }

  /** The window stays as it is. */
  stop(): void {
    removeEventListener('message', this.#hear);
    this.#inspector?.stop();
    this.#inspector = null;
  }

  readonly #hear = ({ source, data }: MessageEvent<unknown>): void => {
    if (source !== this.#inspector?.adapter.targetWindow) return;
    if ((data as { readonly type?: unknown } | null)?.type !== '@statelyai.connected') return;
    this.#become({ ...this.#state, isHeard: true });
  };

  #become(state: OfficialState): void {
    this.#state = state;
    this.#onState(state);
  }
}
