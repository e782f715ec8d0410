/** What a decoder throws, and nothing else: where in the bytes the trouble is, and what it is. */
export class CodecError extends Error {
  override name = 'CodecError';
  readonly offset: number; // in bytes, from the beginning of what was to be decoded

  constructor(offset: number, problem: string) {
    super(`byte ${offset}: ${problem}`);
    this.offset = offset;
  }
}
