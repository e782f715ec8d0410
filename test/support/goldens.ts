/** What the catalogue was last measured to be. */
import { readPins } from '../../cli/pages/pages.ts';

export const PINS = readPins();
