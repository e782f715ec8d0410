/** A path of exploration that cannot be taken. */
export class BadPath extends Error {
  override readonly name = 'BadPath';
  readonly step: number; // 1-based: the first that cannot be taken
  readonly index: number; // of the offer

  constructor(step: number, index: number, why: string) {
    super(`step ${step}, offer ${index}: ${why}`);
    this.step = step;
    this.index = index;
  }

  static unknown(step: number, index: number, offers: number): BadPath {
    return new BadPath(step, index, `there is no such offer; they go from 0 to ${offers - 1}`);
  }

  static disabled(step: number, index: number, why: string): BadPath {
    return new BadPath(step, index, `it cannot be taken here: ${why}`);
  }
}
