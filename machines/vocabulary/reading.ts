/** How actions and guards read the event and the context that they are given. */

/** The parameters of an action or guard that takes the event itself. */
export const theEvent = <Event>({ event }: { readonly event: Event }): Event => event;

/**
 * The value of a context field that is null in some states, read in a state where it is not.
 *
 * @throws TypeError where it is null: then the machine reads it in the wrong state.
 */
export function present<Context, Field extends keyof Context>(
  context: Context,
  field: Field,
): NonNullable<Context[Field]> {
  const value = context[field];
  if (value === null || value === undefined)
    throw new TypeError(`${String(field)} is read in a state in which it is null`);
  return value;
}
