/** The network picture at one position of a story: boxes, pipes, one message, a verdict. */
import type { Colour } from '../palette.ts';
import { BoxMark } from './box.tsx';
import type { NetworkLayout } from './layout.ts';
import type { People } from './people.ts';
import { NoPipe, PipeEnd, PipeMark } from './pipe-marks.tsx';
import type { PictureState } from './state/picture-state.ts';
import type { Pipe } from './state/pipes.ts';
import type { Scene } from './state/scene.ts';
import { Tag } from './tag.tsx';
import { Bar, Callout, Octagon } from './verdict-marks.tsx';

export type NetworkProps = {
  readonly scene: Scene;
  readonly state: PictureState;
  readonly layout: NetworkLayout;
  readonly people: People;
};

/** From back to front: pipes, boxes, the message, badges, the verdict. */
export function Network({ scene, state, layout, people }: NetworkProps) {
  const pipes = new Map(state.pipes.map((pipe) => [pipe.connection.name, pipe]));
  const routes = [...layout.routes].map(([name, route]) => ({ route, pipe: pipes.get(name) }));
  return (
    <>
      {routes.map(({ route, pipe }) =>
        pipe === undefined ? (
          <NoPipe key={route.start} {...route} />
        ) : (
          <PipeMark key={route.start} pipe={pipe} route={route} people={people} />
        ),
      )}
      {scene.places.map((place) => (
        <BoxMark
          key={place.party}
          place={place}
          box={layout.boxes.get(place.party)!}
          holds={state.holds[place.party] ?? []}
          people={people}
          isActing={state.actor === place.party}
        />
      ))}
      <Travelling {...{ state, layout, people, pipes }} />
      {routes.map(({ route, pipe }) =>
        pipe?.stage === 'taken' ? (
          <PipeEnd key={route.start} pipe={pipe} route={route} people={people} />
        ) : null,
      )}
      <Verdict state={state} layout={layout} />
    </>
  );
}

type TravellingProps = Omit<NetworkProps, 'scene'> & { readonly pipes: ReadonlyMap<string, Pipe> };

function Travelling({ state: { move, mark }, layout, people, pipes }: TravellingProps) {
  const route = layout.routes.get(move?.connection.name ?? '');
  if (move === null || route === undefined) return null;
  const pipe = pipes.get(move.connection.name);
  const isTaken = pipe?.stage === 'taken';
  const ground: Colour = (isTaken && people.get(pipe.takenFor ?? '')?.letter) || 'ink';
  const isViolation =
    mark?.kind === 'violated' && mark.connection.name === move.connection.name && move.hasArrived;
  return <Tag {...{ move, route, people, isViolation, isTaken, ground }} />;
}

/** The octagon stands over the badge at the server's end. */
function Verdict({ state: { mark }, layout }: Pick<NetworkProps, 'state' | 'layout'>) {
  const route = layout.routes.get(mark?.connection.name ?? '');
  if (mark === null || route === undefined) return null;
  return (
    <>
      {mark.kind === 'violated' ? (
        <Octagon x={route.end - 5} y={route.y - 26} />
      ) : (
        <Bar x={route.end - 3} y={route.y} />
      )}
      <Callout x={route.end} y={layout.calloutY} room={layout.width} {...mark} />
    </>
  );
}
