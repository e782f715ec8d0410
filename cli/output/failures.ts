/** Errors that are no user's mistake: a defect of ours, and an output that cannot be written. */
import { visible } from '../../story/visible.ts';
import { EXIT, type Exit } from './io.ts';

/** An output of the command could not be written. Null: its reader has closed it, on purpose. */
export class OutputError extends Error {
  override name = 'OutputError';
  readonly reason: string | null;

  constructor(reason: string | null) {
    super(`the output cannot be written: ${reason}; it is not complete`);
    this.reason = reason;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the device',
  EIO: 'input/output error',
  EBADF: 'it is closed',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file is too large',
};

export const outputError = ({ code = 'unknown reason' }: NodeJS.ErrnoException): OutputError =>
  new OutputError(code === 'EPIPE' ? null : (REASONS[code] ?? code));

/** The message and exit code of an error that ends the command. Empty: nothing is printed. */
export function failureOf(error: unknown): { readonly message: string; readonly exit: Exit } {
  if (error instanceof OutputError)
    return error.reason === null
      ? { message: '', exit: EXIT.closedOutput }
      : { message: error.message, exit: EXIT.output };
  return { message: defect(error), exit: EXIT.defect };
}

/** One line, with the place in our code, which a report of the defect needs. */
function defect(error: unknown): string {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const [place] =
    /\b(?:dist|machines|checker|properties|story|conformance|inspector|cli)\/\S+:\d+:\d+/.exec(
      stack.slice(stack.indexOf('\n    at ')),
    ) ?? [null];
  const where = place === null ? '' : `, at ${place}`;
  return visible(
    `this is a defect of double-hop, and says nothing about the input; please report it: ${name}: ${message}${where}`,
  );
}
