/** Where a command writes, and what it may assume of who reads. */
import { styleText } from 'node:util';

export type Io = {
  readonly out: (text: string) => void; // ends the line
  /** One line that replaces itself, for work that takes long. Silent unless a terminal is there. */
  readonly progress: (text: string) => void;
  readonly columns: number;
  readonly emphasis: (style: 'bold' | 'red' | 'green' | 'dim', text: string) => string;
};

/** Documented in `--help`. */
export const EXIT = { fine: 0, surprise: 1, badInput: 2, limit: 3 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** In a pipe: no colour, no progress, and room for two stories side by side. */
const PIPE_COLUMNS = 140;

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
    progress(text) {
      if (!stderr.isTTY) return;
      clear();
      stderr.write(text.slice(0, (stderr.columns ?? 80) - 1));
      shown = text !== '';
    },
    columns: stdout.columns ?? PIPE_COLUMNS,
    emphasis: (style, text) => (coloured ? styleText(style, text) : text),
  };
}
