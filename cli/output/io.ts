/**
 * Where a command writes, and with which width and style. Only this file writes to a terminal, and
 * the only controls that it sends are its own.
 */
import { randomUUID } from 'node:crypto';
import { styleText } from 'node:util';
import { visible, visibleJson, visibleLines } from '../../story/visible.ts';

export type Io = {
  /** One line. Whatever it quotes, nothing in it breaks the line or controls the terminal. */
  readonly out: (line: string) => void;
  /** Several lines, of which each was made as one line: a diagram, a schema. */
  readonly text: (text: string) => void;
  readonly json: (data: unknown) => void;
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

/**
 * Documented in `--help`. 130 is 128 plus 2, the number of the signal of Ctrl-C; 141 is 128 plus
 * 13, that of a pipe that its reader has closed.
 *
 * @source BSD `sysexits.h`: 70 is EX_SOFTWARE, 74 is EX_IOERR
 */
export const EXIT = {
  fine: 0,
  surprise: 1,
  badInput: 2,
  limit: 3,
  defect: 70,
  output: 74,
  interrupted: 130,
  closedOutput: 141,
} as const;
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
  // Stands for ESC until the line is written. Nothing from outside can contain it.
  const styling = randomUUID();
  const write = (text: string) => {
    clear();
    stdout.write(`${text.replaceAll(styling, '\x1b')}\n`);
  };
  return {
    out: (line) => write(visible(line)),
    text: (text) => write(visibleLines(text)),
    json: (data) => write(visibleJson(data)),
    progress(line) {
      if (!stderr.isTTY) return;
      if (line === '') return clear();
      // The last column stays free: some terminals begin a new line after it.
      const columns = (stderr.columns || TERMINAL_COLUMNS) - 1;
      const text = visible(typeof line === 'string' ? line : line(columns));
      stderr.write(`\r${text.slice(0, columns)}\x1b[K`);
      shown = true;
    },
    columns: stdout.isTTY ? stdout.columns || TERMINAL_COLUMNS : PIPE_COLUMNS,
    emphasis: (style, text) =>
      coloured ? styleText(style, visible(text)).replaceAll('\x1b', styling) : text,
  };
}
