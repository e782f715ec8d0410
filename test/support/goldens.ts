/** What the catalogue was last measured to be. */
import { readGoldens } from '../../cli/pages/pages.ts';

export const GOLDENS = readGoldens();
