/**
 * Whether deliveries in a group come in the order in which they do in the whole network.
 *
 * A step of the network is a cascade, first in, first out. A proof looks at the part of it inside a
 * group, which is the whole of it in the same order if no answer to a letter that the group sends
 * can come back while something is under way there. So a step may send one letter that some group
 * answers, and nothing may be delivered after it; letters that no group answers do no harm.
 */
import type { Letter, Posted } from './letters.ts';
import type { GroupStep } from './step.ts';

/** What one step sends, in order. `isOvertaken`: something in the group is delivered after it. */
type Sent = readonly { readonly letters: readonly string[]; readonly isOvertaken: boolean }[];

export class Orders {
  readonly #sent = new Map<
    string,
    { readonly sent: Sent; readonly deliveries: readonly string[] }
  >();
  readonly #answered = new Set<string>(); // letters because of which a group sends one

  /** @param heard - because of which the group takes the step. Null: an offer. */
  note({ out, deepest, deliveries }: GroupStep, posted: readonly Posted[], heard: Letter | null) {
    if (heard !== null && out.length > 0) this.#answered.add(heard.key);
    const sent = out.map((one) => ({
      letters: posted.flatMap(({ letter, by }) => (by === one ? [letter.key] : [])),
      isOvertaken: deepest > one.depth,
    }));
    if (sent.length > 1 || sent.some(({ isOvertaken }) => isOvertaken))
      this.#sent.set(JSON.stringify(sent), { sent, deliveries });
  }

  /** Steps in which that is not so, in words. */
  get overtaking(): readonly string[] {
    return [...this.#sent.values()].flatMap(({ sent, deliveries }) => {
      const some = sent.filter(({ letters }) => letters.some((key) => this.#answered.has(key)));
      const what =
        some.length > 1
          ? 'two letters that are answered'
          : some.some(({ isOvertaken }) => isOvertaken)
            ? 'a letter whose answer may come too early'
            : null;
      return what === null ? [] : [`${what}: ${deliveries.join(', ')}`];
    });
  }
}
