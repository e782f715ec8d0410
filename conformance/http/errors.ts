/** What readers of header fields throw: where in the value the trouble is, and what it is. */
export class HeaderError extends Error {
  override name = 'HeaderError';
  readonly position: number; // in characters, from the beginning of the value

  constructor(position: number, problem: string) {
    super(`character ${position + 1}: ${problem}`);
    this.position = position;
  }
}
