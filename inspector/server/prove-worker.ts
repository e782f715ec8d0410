/** The thread in which claims are judged, so that the server answers meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import type { News, Progress } from '../feed.ts';
import { type Assignment, prove } from './prove.ts';

const post = (told: News | Progress) => parentPort!.postMessage(told);

prove(workerData as Assignment, { tell: post, progress: post });
