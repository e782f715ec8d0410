/** Records as machines take them. */
import fc from 'fast-check';

/** Without prototypes, records would not be the plain data that machines take. */
export const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(fields, { noNullPrototype: true }) as fc.Arbitrary<T>;
