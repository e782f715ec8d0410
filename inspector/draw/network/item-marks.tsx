/** Items as marks: a badge names the user, and a key shaft on it is a proof. */
import { paint } from '../palette.ts';
import { widthOf } from '../text-size.ts';
import { Badge } from './badge.tsx';
import type { People, Person } from './people.ts';
import { px } from './sizes.ts';
import type { Item } from './state/items.ts';

const RADIUS = 8.5;
const GAP = 6;
const STATUS = 11; // size of its font
const SHAFT = { password: 16, response: 5 } as const;
const BLOCK = 15; // the number of a response
const SOCKET = 19;

export const ITEM_HEIGHT = 2 * RADIUS;

export function itemWidth(item: Item): number {
  switch (item.kind) {
    case 'person':
      return 2 * RADIUS;
    case 'password':
      return 2 * RADIUS + SHAFT.password;
    case 'response':
      return 2 * RADIUS + (item.user === null ? 0 : SHAFT.response + BLOCK);
    case 'token':
      return 2 * RADIUS + 5;
    case 'challenge':
      return SOCKET;
    case 'status':
      return Math.ceil(widthOf(item.text, STATUS, true));
  }
}

export const itemsWidth = (items: readonly Item[]): number =>
  items.reduce((sum, item) => sum + itemWidth(item), 0) + GAP * Math.max(0, items.length - 1);

type ItemsProps = {
  readonly x: number; // left
  readonly y: number; // middle
  readonly items: readonly Item[];
  readonly people: People;
};

/** In a row. */
export function Items({ x, y, items, people }: ItemsProps) {
  return (
    <>
      {items.map((item, i) => {
        const left = x + itemsWidth(items.slice(0, i)) + (i === 0 ? 0 : GAP);
        return (
          <g key={JSON.stringify(item)} transform={`translate(${px(left)} ${px(y)})`}>
            <Mark item={item} people={people} />
          </g>
        );
      })}
    </>
  );
}

function Mark({ item, people }: { readonly item: Item; readonly people: People }) {
  switch (item.kind) {
    case 'challenge':
      return <Socket number={item.number} />;
    case 'status':
      return <Status text={item.text} />;
    default:
      return <OfPerson item={item} person={people.get(item.user ?? '') ?? null} />;
  }
}

type OfPersonProps = {
  readonly item: Exclude<Item, { kind: 'challenge' | 'status' }>;
  readonly person: Person | null;
};

function OfPerson({ item, person }: OfPersonProps) {
  return (
    <>
      {item.kind === 'password' ? <KeyShaft person={person} /> : null}
      {item.kind === 'response' && person !== null ? (
        <Stub person={person} number={item.number} />
      ) : null}
      {item.kind === 'token' ? (
        <path
          d={`M${2 * RADIUS + 3.5} ${-RADIUS + 1}v${2 * RADIUS - 2}`}
          class={paint(null, 'muted')}
          stroke-width="2.4"
        />
      ) : null}
      <Badge x={RADIUS} y={0} radius={RADIUS} person={person} isGhost={item.kind === 'token'} />
    </>
  );
}

/** A shaft and two teeth: a password is valid at every host. */
function KeyShaft({ person }: { readonly person: Person | null }) {
  const left = 2 * RADIUS - 1;
  const teeth = `M${left + 9} 0v5.2M${left + SHAFT.password - 0.8} 0v6.6`;
  return (
    <path
      d={`M${left} 0h${SHAFT.password}${teeth}`}
      class={paint(null, person?.edge ?? 'muted')}
      stroke-width="2.6"
    />
  );
}

/** A short shaft with the number of the challenge that it answers. */
function Stub({ person, number }: { readonly person: Person; readonly number: string }) {
  const left = 2 * RADIUS + SHAFT.response;
  return (
    <>
      <path
        d={`M${2 * RADIUS - 1} 0h${SHAFT.response + 1}`}
        class={paint(null, person.edge)}
        stroke-width="2.6"
      />
      <rect
        x={left}
        y={-RADIUS + 1}
        width={BLOCK}
        height={2 * RADIUS - 2}
        rx="2"
        class={paint(person.fill, person.edge)}
      />
      <Digit x={left + BLOCK / 2} number={number} colour={person.letter} />
    </>
  );
}

/** A square with a notch, into which the response with its number fits. */
function Socket({ number }: { readonly number: string }) {
  const height = 2 * RADIUS - 2;
  return (
    <>
      <path
        d={`M1 ${-height / 2}h${SOCKET - 2}v${height}h${2 - SOCKET}v-4.5h4.5v${9 - height}h-4.5Z`}
        class={paint('paper', 'ink')}
        stroke-width="1.6"
      />
      <Digit x={SOCKET / 2 + 2.2} number={number} colour="ink" />
    </>
  );
}

type DigitProps = {
  readonly x: number;
  readonly number: string;
  readonly colour: Parameters<typeof paint>[0];
};

const Digit = ({ x, number, colour }: DigitProps) => (
  <text
    x={px(x)}
    y="3.8"
    text-anchor="middle"
    font-size="10.5"
    font-weight="700"
    class={paint(colour)}
  >
    {number}
  </text>
);

const Status = ({ text }: { readonly text: string }) => (
  <text y="4" font-size={STATUS} font-weight="700" class={paint('ink')}>
    {text}
  </text>
);
