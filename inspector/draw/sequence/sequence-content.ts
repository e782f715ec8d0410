/** The content of a sequence diagram, step by step, before the layout. */
import type { Reaction, Story, StoryComponent, StoryStep, Travel } from '../../story/story.ts';

/**
 * A message is put on the wire, and arrives in a later step, unless it is lost: the connection
 * closed with the message on it. That is drawn in the step in which it closed.
 */
export type Fate = 'sent' | 'arrived' | 'lost';

export type Arrow = { readonly kind: 'arrow'; readonly travel: Travel; readonly fate: Fate };

/** Beside a lifeline: a note, or the current state of a component. */
export type Annotation = {
  readonly party: string;
  readonly text: string;
  readonly shape: 'note' | 'state';
};

export type Content =
  | Arrow
  | { readonly kind: 'beside'; readonly items: readonly Annotation[] }
  | { readonly kind: 'sentence'; readonly text: string } // of a step that shows nothing else
  | { readonly kind: 'verdict'; readonly text: string }; // the last of the decisive step

/** By step: the message that arrives, notes and states, then the messages sent. Never empty. */
export function contentsOf(story: Story): readonly (readonly Content[])[] {
  const wires = new Wires(story);
  const names = namesOf(story);
  const active = new Map(Object.entries(story.initial).map(([name, at]) => [name, at.active]));
  return story.steps.map((step, i) => {
    const { arrived, lost, sent } = wires.follow(step);
    const notes = step.notes.map((note): Annotation => ({ ...note, shape: 'note' }));
    const items = [...notes, ...statesAfter(step, active, names)];
    const beside: Content[] = items.length > 0 ? [{ kind: 'beside', items }] : [];
    const shown = [...arrived, ...lost, ...beside, ...sent];
    return [
      ...(shown.length > 0 ? shown : [{ kind: 'sentence' as const, text: step.sentence }]),
      ...(story.decisive === i + 1 ? [verdictIn(story)] : []),
    ];
  });
}

export const verdictIn = ({ mark }: Story): Content => ({
  kind: 'verdict',
  text: mark?.text ?? '',
});

/** Which message is on which wire. */
class Wires {
  readonly #connections: ReadonlyMap<string, string>; // by the name of a wire
  readonly #carried = new Map<string, Travel>(); // by connection

  constructor({ components }: Story) {
    const wires = components.filter(({ role }) => role === 'wire');
    this.#connections = new Map(wires.map(({ name, connection }) => [name, connection ?? name]));
  }

  follow({ reactions, travels }: StoryStep): Readonly<Record<Fate, readonly Arrow[]>> {
    const departing = travels.filter(({ delivered }) => !delivered);
    const lost: Arrow[] = [];
    let sent = 0;
    for (const { component, event } of reactions) {
      const connection = this.#connections.get(component);
      if (connection === undefined) continue;
      const carried = this.#carried.get(connection);
      if (event.type === 'wire.close' && carried) lost.push(arrow(carried, 'lost'));
      this.#carried.delete(connection);
      const put = event.type === 'wire.send' ? departing[sent++] : undefined;
      if (put) this.#carried.set(connection, put);
    }
    const arriving = travels.filter(({ delivered }) => delivered);
    return {
      arrived: arriving.map((travel) => arrow(travel, 'arrived')),
      lost,
      sent: departing.map((travel) => arrow(travel, 'sent')),
    };
  }
}

const arrow = (travel: Travel, fate: Fate): Arrow => ({ kind: 'arrow', travel, fate });

type Active = Map<string, readonly string[]>;

/** States that a step has led to, one text a component. Follows the step in `active`. */
function statesAfter(
  { reactions }: StoryStep,
  active: Active,
  names: ReadonlyMap<string, Pick<StoryComponent, 'party'> & { readonly name: string }>,
): readonly Annotation[] {
  const last = new Map(reactions.map((reaction) => [reaction.component, reaction]));
  return [...last.values()].flatMap((reaction): Annotation[] => {
    const before = active.get(reaction.component) ?? [];
    active.set(reaction.component, reaction.after.active);
    const known = names.get(reaction.component);
    const states = entered(before, reaction);
    if (known === undefined || states === '') return [];
    const text = known.name === '' ? states : `${known.name}: ${states}`;
    return [{ party: known.party, text, shape: 'state' }];
  });
}

/** The keys of the innermost states that were not active before. Empty: it is where it was. */
function entered(before: readonly string[], { after: { active } }: Reaction): string {
  const fresh = active.filter((id) => !before.includes(id));
  const left = before.filter((id) => !active.includes(id));
  const candidates = fresh.length > 0 ? fresh : left.length > 0 ? active : [];
  return candidates
    .filter((id) => !active.some((other) => other.startsWith(`${id}.`)))
    .map((id) => id.slice(id.lastIndexOf('.') + 1))
    .join(', ');
}

/** Whose states are shown, where, and by what name: "client 2", "server for bob", "page". */
function namesOf({ components, parties }: Story) {
  const shown = components.filter(
    ({ role, party }) => role !== 'wire' && role !== 'monitor' && parties.includes(party),
  );
  return new Map(
    shown.map((component) => {
      const rivals = shown.filter(
        ({ party, role }) => party === component.party && role === component.role,
      );
      return [component.name, { party: component.party, name: nameAmong(component, rivals) }];
    }),
  );
}

function nameAmong(component: StoryComponent, rivals: readonly StoryComponent[]): string {
  const { role, party, name, connection } = component;
  if (role === 'other' && name === party) return '';
  if (rivals.length === 1) return role === 'other' ? name : role;
  const ends = endsOf(connection);
  if (ends === null) return name;
  const peer = ends.from === party ? ends.to : ends.from;
  const others = rivals.flatMap((rival) => endsOf(rival.connection) ?? []);
  const samePair = others.filter(({ from, to }) => from === ends.from && to === ends.to);
  const isOnePeer = samePair.length === others.length;
  const number = samePair.length > 1 ? ` ${ends.number}` : '';
  return `${role}${number}${isOnePeer ? '' : ` for ${peer}`}`;
}

/** "alice>frontEnd#1" */
function endsOf(connection: string | null) {
  const [, from, to, number] = /^(.+)>(.+)#(\d+)$/.exec(connection ?? '') ?? [];
  return from && to && number ? { from, to, number } : null;
}
