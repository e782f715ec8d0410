/** Where in the run one is: a slider with a tick a step, and buttons to go and to play. */

import type { Story } from '../../../story/story.ts';
import { endOf, positionAfter, wordsAt } from '../../run/looping.ts';
import { type Player, SPEEDS } from '../../run/player.ts';
import { grouped } from '../../words.ts';
import { Button } from '../controls/button.tsx';

type TimelineProps = {
  readonly story: Story;
  readonly position: number;
  readonly player: Player;
  readonly onPosition: (position: number) => void;
};

const TICKS_MAX = 120;

export function Timeline({ story, position, player, onPosition }: TimelineProps) {
  const end = story.steps.length;
  const go = (to: number) => onPosition(Math.min(Math.max(to, 0), end));
  const next = positionAfter(story, position);
  const endless = endOf(story);
  const sentence = story.steps[position - 1]?.sentence ?? 'No step was taken yet.';
  return (
    <section class="timeline" aria-label="Timeline">
      <p class="caption" aria-hidden="true">
        {sentence}
      </p>
      <div class="buttons">
        <Button
          name="First"
          icon="first"
          isIconOnly
          keys="Home"
          isDisabled={position === 0}
          onPress={() => go(0)}
        />
        <Button
          name="Previous"
          icon="previous"
          isIconOnly
          keys="←"
          isDisabled={position === 0}
          onPress={() => go(position - 1)}
        />
        <Button
          name={player.isPlaying ? 'Pause' : 'Play'}
          icon={player.isPlaying ? 'pause' : 'play'}
          isIconOnly
          kind="primary"
          keys="Space"
          onPress={player.toggle}
        />
        <Button
          name="Next"
          icon="next"
          isIconOnly
          keys="→"
          isDisabled={next === null}
          onPress={() => go(next ?? end)}
        />
        <Button
          name="Last"
          icon="last"
          isIconOnly
          keys="End"
          isDisabled={position === end}
          onPress={() => go(end)}
        />
      </div>
      <div class="track">
        <input
          type="range"
          min={0}
          max={end}
          step={1}
          value={position}
          aria-label="Step"
          aria-valuetext={`${position} of ${end}: ${sentence}${wordsAt(story, position)}`}
          onInput={({ currentTarget }) => go(Number(currentTarget.value))}
        />
        <Ticks story={story} />
      </div>
      {endless === null ? null : <p class="endless">{endless}</p>}
      <output class="count" aria-label="Position">
        {grouped(position)} / {grouped(end)}
      </output>
      <label class="speed">
        <span class="visually-hidden">Speed</span>
        <select
          value={player.speed}
          onChange={({ currentTarget }) => player.setSpeed(Number(currentTarget.value))}
        >
          {SPEEDS.map((speed) => (
            <option key={speed} value={speed}>
              {speed}×
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

function Ticks({ story: { steps, decisive, mark, loop } }: { readonly story: Story }) {
  const place = (position: number) => ({
    left: `${(100 * position) / Math.max(steps.length, 1)}%`,
  });
  const tone = mark?.isViolation ? 'bad' : 'good';
  return (
    <div class="ticks" aria-hidden="true">
      {steps.length > TICKS_MAX
        ? null
        : Array.from({ length: steps.length + 1 }, (_, i) => <i key={i} style={place(i)} />)}
      {loop === null ? null : <span class="loop" style={{ ...place(loop), right: '0' }} />}
      {decisive === null ? null : <b class={tone} style={place(decisive)} />}
    </div>
  );
}
