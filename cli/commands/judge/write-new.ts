/** Writes a file that was not there: what somebody has is not overwritten. */
import { writeFileSync } from 'node:fs';
import { BadInput } from '../../input/bad-input.ts';
import { withReason } from '../../input/text-file.ts';

/** @throws BadInput where there is a file of that name, or none can be written */
export function writeNew(path: string, text: string): void {
  const isNew = withReason(path, 'written', () => {
    try {
      writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  });
  if (!isNew) throw new BadInput(`${path}: is there already; --redact writes a new file`);
}
