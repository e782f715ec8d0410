/** A connection as a pipe: none, open, with an open challenge, or authenticated as a user. */
import { type Colour, paint } from '../palette.ts';
import { shortened } from '../text-size.ts';
import { Badge } from './badge.tsx';
import type { Route } from './layout.ts';
import type { People } from './people.ts';
import { BADGE, PIPE, px, TEXT } from './sizes.ts';
import type { Pipe } from './state/pipes.ts';

/** The host has opened no connection here yet. */
export const NoPipe = ({ start, end, y }: Route) => (
  <path
    d={`M${px(start + 4)} ${px(y)}H${px(end - 2)}`}
    class={paint(null, 'line')}
    stroke-width="2"
    stroke-dasharray="1 6"
    stroke-linecap="round"
  />
);

type BodyProps = {
  readonly route: Route;
  readonly stage: Pipe['stage'];
  readonly fill: Colour; // of a taken one
  readonly edge: Colour;
};

export function PipeBody({ route: { start, end, y }, stage, fill, edge }: BodyProps) {
  const [top, bottom] = [px(y - PIPE.thickness / 2), px(y + PIPE.thickness / 2)];
  return (
    <>
      <rect
        x={px(start)}
        y={top}
        width={px(end - start)}
        height={PIPE.thickness}
        class={paint(stage === 'taken' ? fill : 'paper')}
      />
      <path
        d={`M${px(start)} ${top}H${px(end)}M${px(start)} ${bottom}H${px(end)}`}
        class={paint(null, edge)}
        stroke-width="1.8"
      />
      {stage === 'challenged' ? (
        <path
          d={`M${px(start + 3)} ${px(y)}H${px(end)}`}
          class={paint(null, edge)}
          stroke-width="3"
          stroke-dasharray="3 5"
        />
      ) : null}
    </>
  );
}

type PipeProps = { readonly pipe: Pipe; readonly route: Route; readonly people: People };

/** In the colour of the user who is authenticated on it, or is signing in. */
export function PipeMark({ pipe: { stage, sender, takenFor }, route, people }: PipeProps) {
  const user = stage === 'taken' ? takenFor : sender;
  const person = stage === 'open' ? undefined : people.get(user ?? '');
  const edge = person?.edge ?? 'line';
  return <PipeBody route={route} stage={stage} fill={person?.fill ?? 'faint'} edge={edge} />;
}

/** The user who is authenticated on it: a badge at its end, and words below. */
export function PipeEnd({ pipe: { takenFor }, route: { start, end, y }, people }: PipeProps) {
  const words = `as ${takenFor ?? 'anonymous'}`;
  return (
    <>
      <Badge x={end} y={y} radius={BADGE} person={people.get(takenFor ?? '') ?? null} hasHalo />
      <text
        x={px((start + end) / 2)}
        y={px(y + PIPE.thickness / 2 + 18)}
        text-anchor="middle"
        font-size={TEXT.label}
        class={paint('ink')}
      >
        {shortened(words, end - start - 2, TEXT.label)}
      </text>
    </>
  );
}
