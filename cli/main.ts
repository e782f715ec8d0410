#!/usr/bin/env node
/** The command as a process: it exits with a code that scripts can rely on. */
import { endOnFailures } from './output/failures.ts';

endOnFailures('double-hop');
const { runCommand } = await import('./program.ts'); // after the handlers: it may fail to load
process.exitCode = await runCommand(process.argv.slice(2), process);
