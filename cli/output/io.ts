/** Where a command writes, and with which width and style. */
import { styleText } from 'node:util';

export type Io = {
  readonly out: (text: string) => void; // ends the line
  /**
   * Shows one line that replaces the one before, for work that takes long. A text is cut off at the
   * width; a function fits its line to the width. Empty: clears the line. Only on a terminal.
   */
  readonly progress: (line: string | ((columns: number) => string)) => void;
  readonly columns: number;
  readonly emphasis: (style: 'bold' | 'red' | 'green' | 'dim', text: string) => string;
};

type Output = {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number; // of a terminal
};

/** The part of a process that the command writes to. */
export type CommandProcess = {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Documented in `--help`. 130 is 128 plus 2, the number of the signal of Ctrl-C. */
export const EXIT = { fine: 0, surprise: 1, badInput: 2, limit: 3, interrupted: 130 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

const PIPE_COLUMNS = 140; // room for two stories side by side
const TERMINAL_COLUMNS = 80; // when the terminal does not say

export function terminal({ stdout, stderr, env }: CommandProcess): Io {
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
      // The last column stays free: some terminals begin a new line after it.
      const columns = (stderr.columns || TERMINAL_COLUMNS) - 1;
      const text = typeof line === 'string' ? line : line(columns);
      stderr.write(`\r${text.slice(0, columns)}\x1b[K`);
      shown = true;
    },
    columns: stdout.isTTY ? stdout.columns || TERMINAL_COLUMNS : PIPE_COLUMNS,
    emphasis: (style, text) => (coloured ? styleText(style, text) : text),
  };
}
