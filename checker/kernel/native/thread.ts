/** A thread that searches along: it works when told, and rests when done or in want. */
import { workerData } from 'node:worker_threads';
import { Board } from '../threads/board.ts';
import { Expander } from '../threads/expander.ts';
import { ASK, type Ask, COMMON, FAILURE, OWN, STATE } from '../threads/shared.ts';
import { sharedKernelIn } from '../wasm.ts';
import type { ThreadData } from './threads.ts';

const { memory, base } = workerData as ThreadData;
const board = new Board({ words: new Int32Array(memory.buffer) });
const state = base + OWN.state;
let expander: Expander | null = null;

function work(): Ask {
  expander ??= new Expander(board, base, (keyBytes) => sharedKernelIn(memory, keyBytes, base));
  while (board.load(COMMON.stop) === 0) {
    const outcome = expander.batch();
    if (outcome === 'nothing left') break;
    if (outcome !== 'done') return outcome;
  }
  return ASK.nothing;
}

/** Whoever coordinates waits, and hears of no events: so the text is left where it looks. */
function fail(error: unknown): Ask {
  const text = String(error).slice(0, FAILURE.charactersMax);
  const characters = Array.from(text, (character) => character.charCodeAt(0));
  board.set(base + FAILURE.address, characters.length, ...characters);
  return ASK.failed;
}

function attempt(): Ask {
  try {
    return work();
  } catch (error) {
    return fail(error);
  }
}

/** Says what is wanted and rests, unless it has been told to leave. */
function rest(before: number, ask: Ask): void {
  board.set(base + OWN.ask, ask);
  board.swap(state, before, STATE.rests);
  board.add(COMMON.bell, 1);
  board.call(COMMON.bell);
  // A call may be heard late, after what it was for has been done.
  while (board.load(state) === STATE.rests) board.wait(state, STATE.rests);
}

rest(STATE.absent, ASK.nothing);
while (board.load(state) === STATE.works) rest(STATE.works, attempt());
