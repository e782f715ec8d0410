/** Long judgements: what is shown meanwhile, and the limit. */
import { describe, expect, it } from 'vitest';
import { JudgedTooLong, judgeProgress } from '../../../cli/commands/judge/judge-progress.ts';

describe('while a recording is judged', () => {
  const judging = (seconds: number) => {
    const lines: string[] = [];
    let time = 0;
    const progress = (line: unknown) => lines.push(String(line));
    const onStep = judgeProgress('traffic.har', seconds, { progress }, () => time);
    const at = (milliseconds: number, judged: number) => {
      time = milliseconds;
      onStep(judged, 9000);
    };
    return { lines, at };
  };

  it('its progress is shown, and no more often than can be read', () => {
    const { lines, at } = judging(600);
    for (const milliseconds of [0, 100, 250, 300, 500]) at(milliseconds, milliseconds * 10);
    expect(lines).toEqual([
      'judging traffic.har: 2,500 of 9,000 steps',
      'judging traffic.har: 5,000 of 9,000 steps',
    ]);
  });
  it('a limit of time ends it, with what was judged by then', () => {
    const { at } = judging(2);
    at(2000, 7);
    expect(() => at(2201, 8)).toThrow(
      new JudgedTooLong(
        'traffic.har: no verdict: 8 of 9,000 steps are judged after 2 seconds. Raise ' +
          '--max-seconds, or judge a part of the recording',
      ),
    );
  });
});
