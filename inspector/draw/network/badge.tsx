/** The badge of a user: shape, colour and letter. The anonymous badge is dashed and grey. */
import { paint } from '../palette.ts';
import type { Person, Shape } from './people.ts';
import { px } from './sizes.ts';

type BadgeProps = {
  readonly x: number; // its middle
  readonly y: number;
  readonly radius: number;
  readonly person: Person | null; // null: anonymous
  /** A ghost is a token: it stands for the user, but proves nothing to another host. */
  readonly isGhost?: boolean;
  readonly hasHalo?: boolean;
};

export function Badge({ x, y, radius, person, isGhost = false, hasHalo = false }: BadgeProps) {
  const shape = person?.shape ?? 'circle';
  const isDashed = isGhost || person === null;
  return (
    <g transform={`translate(${px(x)} ${px(y)})`}>
      {hasHalo ? <path d={outline(shape, radius + 2)} class={paint('paper')} /> : null}
      {isDashed ? (
        <path
          d={outline(shape, radius - 0.8)}
          class={paint('paper', 'muted')}
          stroke-width="1.6"
          stroke-dasharray="3 2.2"
        />
      ) : (
        <path d={outline(shape, radius)} class={paint(person.fill, person.edge)} />
      )}
      <text
        y={px(radius * 0.38)}
        text-anchor="middle"
        font-size={px(radius * (person !== null && person.letters.length > 1 ? 0.95 : 1.15))}
        font-weight="700"
        class={paint(isDashed ? 'muted' : person.letter)}
      >
        {person?.letters ?? '?'}
      </text>
    </g>
  );
}

function outline(shape: Shape, radius: number): string {
  switch (shape) {
    case 'circle':
      return `M${px(-radius)} 0a${px(radius)} ${px(radius)} 0 1 0 ${px(2 * radius)} 0a${px(radius)} ${px(radius)} 0 1 0 ${px(-2 * radius)} 0Z`;
    case 'square':
      return polygon(4, radius * 1.25, 45);
    case 'pentagon':
      return polygon(5, radius * 1.1, -90);
    case 'triangle':
      return polygon(3, radius * 1.3, -90);
  }
}

/** @param turn - where its first corner is, in degrees from the right, clockwise. */
export function polygon(corners: number, radius: number, turn: number): string {
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = ((turn + (i * 360) / corners) * Math.PI) / 180;
    return `${px(radius * Math.cos(angle))} ${px(radius * Math.sin(angle))}`;
  });
  return `M${points.join('L')}Z`;
}
