/** The look of users: a letter, a shape and a colour, so that colour never stands alone. */
import type { Colour } from '../palette.ts';

export type Shape = 'circle' | 'square' | 'pentagon' | 'triangle';

export type Person = {
  readonly letters: string; // one, or two where others begin with the same
  readonly shape: Shape;
  readonly fill: Colour;
  readonly edge: Colour; // of lines: a pale fill is hard to see on paper
  readonly letter: Colour; // on the fill
};

export type People = ReadonlyMap<string, Person>; // by user

const SHAPES: readonly Shape[] = ['circle', 'square', 'pentagon', 'triangle'];

/** Dark and pale colours alternate, so that neighbours differ without hue. */
const COLOURS: readonly Pick<Person, 'fill' | 'edge' | 'letter'>[] = [
  { fill: 'id-1', edge: 'id-1', letter: 'on-deep' },
  { fill: 'id-2', edge: 'id-2-edge', letter: 'on-pale' },
  { fill: 'id-3', edge: 'id-3', letter: 'on-deep' },
  { fill: 'id-4', edge: 'id-4-edge', letter: 'on-pale' },
  { fill: 'id-5', edge: 'id-5', letter: 'on-deep' },
];

/** @param users - all of the story, in its order. */
export function peopleOf(users: readonly string[]): People {
  return new Map(
    users.map((user, i) => {
      const look = { shape: SHAPES[i % SHAPES.length]!, ...COLOURS[i % COLOURS.length]! };
      return [user, { letters: lettersOf(user, users), ...look }];
    }),
  );
}

function lettersOf(user: string, users: readonly string[]): string {
  const isAlone = users.filter((other) => initial(other) === initial(user)).length === 1;
  return isAlone ? initial(user) : `${initial(user)}${user.slice(1, 2)}`;
}

const initial = (user: string) => user.slice(0, 1).toUpperCase();
