/**
 * Choices that stay open until a machine reads them. A recording does not show every choice, so
 * thousands of configurations are tried at once; two are separated only where a machine acts
 * differently under them.
 */

/** The decided values, by "part.field". Every other choice is open. */
export type Decided = Readonly<Record<string, unknown>>;

type Parts = Readonly<Record<string, object>>;

export type Undecided<P extends Parts> = {
  /** For the input of a machine. It must be read only inside `decide`. */
  readonly parts: P;
  /**
   * The results of `act`, one for each way to decide the choices that it reads. A choice that does
   * not change `keyOf` the result stays open. `act` is called more than once, and must be pure.
   */
  readonly decide: <Result>(
    decided: Decided,
    act: () => Result,
    keyOf: (result: Result) => string,
  ) => readonly DecidedResult<Result>[];
  /** The values of a part that the decided choices allow. */
  readonly left: <Name extends keyof P>(decided: Decided, name: Name) => readonly P[Name][];
};

export type DecidedResult<Result> = { readonly decided: Decided; readonly result: Result };

/**
 * @param allowed - the values that each part may have: one or more, different, of the same fields.
 */
export function undecided<P extends Parts>(
  allowed: {
    readonly [Name in keyof P]: readonly P[Name][];
  },
): Undecided<P> {
  let now: Decided = {};
  let missing: { readonly key: string; readonly values: readonly unknown[] } | null = null;

  const left = <Name extends keyof P & string>(decided: Decided, name: Name) =>
    allowed[name].filter((value) =>
      Object.entries(value).every(([field, one]) => {
        const key = `${name}.${field}`;
        return !(key in decided) || decided[key] === one;
      }),
    );

  const free = new Map(
    Object.entries(allowed).map(([name, values]) => [name, independent(values)] as const),
  );
  const look = (name: string, field: string): unknown => {
    const key = `${name}.${field}`;
    if (key in now) return now[key];
    const values = free.get(name)?.get(field) ?? valuesOf(left(now, name), field);
    if (values.length > 1) missing ??= { key, values };
    return values[0];
  };

  const decide = <Result>(
    decided: Decided,
    act: () => Result,
    keyOf: (result: Result) => string,
  ): readonly DecidedResult<Result>[] => {
    now = decided;
    missing = null;
    const result = act();
    const open = missing as { readonly key: string; readonly values: readonly unknown[] } | null;
    if (open === null) return [{ decided, result }];
    const { key, values } = open;
    const ways = values.map((value) => decide({ ...decided, [key]: value }, act, keyOf));
    const without = ways.map((outcomes) =>
      outcomes.map((outcome) => ({ ...outcome, decided: omit(outcome.decided, key) })),
    );
    const [first = [], ...others] = without;
    const text = textOf(first, keyOf);
    return others.every((other) => textOf(other, keyOf) === text) ? first : ways.flat();
  };

  const parts = Object.fromEntries(
    Object.keys(allowed).map((name) => [
      name,
      new Proxy({}, { get: (_, field) => look(name, String(field)) }),
    ]),
  );
  return {
    parts: parts as P,
    decide,
    left: (decided, name) => left(decided, name as typeof name & string),
  };
}

const valuesOf = (objects: readonly object[], field: string): readonly unknown[] => [
  ...new Set(objects.map((one) => (one as Record<string, unknown>)[field])),
];

/** The values of each field, if every combination is allowed; else null. */
function independent(objects: readonly object[]): ReadonlyMap<string, readonly unknown[]> | null {
  const fields = Object.keys(objects[0] ?? {});
  const values = new Map(fields.map((field) => [field, valuesOf(objects, field)]));
  const all = [...values.values()].reduce((product, some) => product * some.length, 1);
  return all === objects.length ? values : null; // the objects are different from each other
}

const omit = (decided: Decided, key: string): Decided =>
  Object.fromEntries(Object.entries(decided).filter(([name]) => name !== key));

const textOf = <Result>(
  outcomes: readonly DecidedResult<Result>[],
  keyOf: (result: Result) => string,
): string =>
  JSON.stringify(
    outcomes.map(({ decided, result }) => [Object.entries(decided).sort(), keyOf(result)]),
  );

/** Every object whose fields have one of these values each. */
export function combinations<Value extends object>(
  fields: {
    readonly [Field in keyof Value]: readonly Value[Field][];
  },
): readonly Value[] {
  return Object.entries(fields).reduce<readonly object[]>(
    (made, [field, values]) =>
      made.flatMap((one) =>
        (values as readonly unknown[]).map((value) => ({ ...one, [field]: value })),
      ),
    [{}],
  ) as readonly Value[];
}
