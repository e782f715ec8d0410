/** `npm run bench`: compares the speed of the checker with others. */
import { BENCH_EXIT, type BenchIo, bench } from './bench.ts';
import { BadOption, HELP, parseOptions } from './bench-options.ts';

const { stdout, stderr } = process;

const io: BenchIo = {
  out: (text) => {
    stdout.write(`${text}\n`);
  },
  progress(text) {
    if (stderr.isTTY) stderr.write(`\r\x1b[K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
  },
};

const end = (error: unknown): never => {
  stderr.write(`bench: ${String(error)}\n`);
  process.exit(BENCH_EXIT.broken);
};
process.on('uncaughtException', end);
stdout.on('error', end);

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) stdout.write(HELP);
  else process.exitCode = await bench(options, io);
} catch (error) {
  if (!(error instanceof BadOption)) throw error;
  stderr.write(`bench: ${error.message}\n`);
  process.exitCode = BENCH_EXIT.badInput;
}
