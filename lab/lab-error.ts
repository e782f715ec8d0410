/** What went wrong with a server of the laboratory, in words: which one, and what it printed. */
export class LabError extends Error {
  override name = 'LabError';
}
