/** Documents that are dropped on the page, or chosen by a button. */

import type { Verdicts } from '../../../properties/verdicts/verdicts.ts';
import { visible, visibleLines } from '../../../story/visible.ts';
import { CHARACTERS_MAX, readVerdicts } from '../../story/documents/document.ts';

export type Opening =
  | { readonly kind: 'document'; readonly name: string; readonly verdicts: Verdicts }
  | { readonly kind: 'problem'; readonly name: string; readonly problem: string };

/** Never rejects. */
export async function openFile(file: Pick<File, 'name' | 'size' | 'text'>): Promise<Opening> {
  const name = visible(file.name);
  try {
    if (file.size > CHARACTERS_MAX * 4) throw new Error('it is too large to be read');
    return { kind: 'document', name, verdicts: readVerdicts(await file.text()) };
  } catch (error) {
    const problem = visibleLines(error instanceof Error ? error.message : String(error));
    return { kind: 'problem', name, problem };
  }
}
