/** The body of a worker thread: it works when called, and rests when it is done or asks. */
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

/** Leaves the error text in memory: the coordinator blocks, so it receives no events. */
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

/** Posts `ask` and rests, unless the coordinator has dismissed the thread. */
function rest(before: number, ask: Ask): void {
  board.set(base + OWN.ask, ask);
  board.swap(state, before, STATE.rests);
  board.add(COMMON.bell, 1);
  board.call(COMMON.bell);
  // A notification may arrive late, when its work is already done.
  while (board.load(state) === STATE.rests) board.wait(state, STATE.rests);
}

rest(STATE.absent, ASK.nothing);
while (board.load(state) === STATE.works) rest(STATE.works, attempt());
