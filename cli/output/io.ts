/** Where a command writes, and what it may assume of who reads. */
import { styleText } from 'node:util';

export type Io = {
  readonly out: (text: string) => void; // ends the line
  /**
   * One line that replaces itself, for work that takes long: as it is and cut off, or fitted to the
   * columns there are. Empty: no line. Silent, and nothing is asked, unless a terminal is there.
   */
  readonly progress: (line: string | ((columns: number) => string)) => void;
  readonly columns: number;
  readonly emphasis: (style: 'bold' | 'red' | 'green' | 'dim', text: string) => string;
};

/** Documented in `--help`. What a signal ends says 128 and its number; that of Ctrl-C is 2. */
export const EXIT = { fine: 0, surprise: 1, badInput: 2, limit: 3, interrupted: 130 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** In a pipe: no colour, no progress, and room for two stories side by side. */
const PIPE_COLUMNS = 140;
const TERMINAL_COLUMNS = 80; // of one that does not say

export function terminal({ stdout, stderr, env }: NodeJS.Process): Io {
  const coloured = stdout.isTTY && env.NO_COLOR === undefined;
  let shown = false;
  const clear = () => {
    if (shown) stderr.write('\r\x1b[K');
    shown = false;
  };
  return {
    out(text) {
      clear();
      stdout.write(`${text}\n`);
    },
    progress(line) {
      if (!stderr.isTTY) return;
      if (line === '') return clear();
      // One column stays free: where a line fills the last, some terminals begin another.
      const columns = (stderr.columns || TERMINAL_COLUMNS) - 1;
      const text = typeof line === 'string' ? line : line(columns);
      stderr.write(`\r${text.slice(0, columns)}\x1b[K`);
      shown = true;
    },
    columns: stdout.isTTY ? stdout.columns || TERMINAL_COLUMNS : PIPE_COLUMNS,
    emphasis: (style, text) => (coloured ? styleText(style, text) : text),
  };
}
