#!/usr/bin/env node
/** The command as a process: it exits with a code that scripts can rely on. */
import { failureOf, outputError } from './output/failures.ts';

/** An error after which nothing goes on: it may come at any time, from any event. */
function end(error: unknown): never {
  const { message, exit } = failureOf(error);
  if (message !== '') process.stderr.write(`double-hop: ${message}\n`);
  process.exit(exit);
}

process.on('uncaughtException', end); // and a promise that is rejected, with no one to handle it
process.stdout.on('error', (error) => end(outputError(error)));
process.stderr.on('error', () => {}); // there is nowhere left to say so
const { runCommand } = await import('./program.ts'); // after the handlers: it may fail to load
process.exitCode = await runCommand(process.argv.slice(2), process);
