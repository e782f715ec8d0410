/** The thread that checks claims, so that the server stays responsive. */
import { parentPort, workerData } from 'node:worker_threads';
import type { News, Progress } from '../feed.ts';
import { type Assignment, prove } from './prove.ts';

const post = (message: News | Progress) => parentPort!.postMessage(message);

prove(workerData as Assignment, { publish: post, progress: post });
