/** `npm run bench`: compares the speed of the checker with others. */
import { endOnFailures } from '../output/failures.ts';
import { BENCH_EXIT, type BenchIo, bench } from './bench.ts';
import { BadOption, HELP, parseOptions } from './bench-options.ts';

endOnFailures('bench');
const { stdout, stderr } = process;

const io: BenchIo = {
  out: (text) => {
    stdout.write(`${text}\n`);
  },
  progress(text) {
    if (stderr.isTTY) stderr.write(`\r\x1b[K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
  },
};

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) stdout.write(HELP);
  else process.exitCode = await bench(options, io);
} catch (error) {
  if (!(error instanceof BadOption)) throw error;
  stderr.write(`bench: ${error.message}\n`);
  process.exitCode = BENCH_EXIT.badInput;
}
