#!/usr/bin/env node
/** The command as a process: it exits with a code that scripts can rely on. */
import { runCommand } from './program.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error; // the reader, such as `head`, has closed the pipe
  process.exit();
});
process.exitCode = await runCommand(process.argv.slice(2), process);
