/** The steps that tell the double hop are found by what happens in them, not by their numbers. */
import { describe, expect, it } from 'vitest';
import { momentsOf } from '../../../../inspector/draw/network/board/moments.ts';
import type { Story } from '../../../../inspector/story/story.ts';
import { BASIC, NTLM } from '../../story/support/verdicts.ts';
import { FAULTY, REFUSED, told, VIOLATED } from './support/runs.ts';

const found = (story: Story) =>
  momentsOf(story).map(({ name, position, connection: { from, to } }) => ({
    name,
    position,
    hop: `${from} > ${to}`,
  }));

/** What is claimed and put on wires in the steps of the moments. */
const happenings = (story: Story) =>
  momentsOf(story).map(({ position }) => {
    const { signals, travels } = story.steps[position - 1]!;
    return [
      ...signals.map(({ event }) => event.type),
      ...travels.flatMap(({ label, delivered }) => (delivered ? [] : label)),
    ];
  });

describe('the moments of a run', () => {
  it('are the challenge, the response, the acceptance and the refusal with NTLM', () => {
    expect(found(REFUSED)).toEqual([
      { name: 'asks', position: 7, hop: 'alice > frontEnd' },
      { name: 'proves', position: 8, hop: 'alice > frontEnd' },
      { name: 'accepts', position: 9, hop: 'alice > frontEnd' },
      { name: 'nextHop', position: 15, hop: 'frontEnd > mailbox' },
    ]);
    const [asks, proves, accepts, nextHop] = happenings(REFUSED);
    expect(asks).toContain('issued');
    expect(proves).toContain('AUTHENTICATE as alice');
    expect(accepts).toContain('commit');
    expect(nextHop).toContain('rejected');
  });

  it('are the 401, the password and both acceptances with Basic', () => {
    expect(found(VIOLATED).map(({ position }) => position)).toEqual([2, 4, 5, 7]);
    const [asks, proves, accepts, nextHop] = happenings(VIOLATED);
    expect(asks).toContain('401');
    expect(proves).toContain('GET mailbox + Basic alice:password');
    expect(accepts).toContain('commit');
    expect(nextHop).toContain('commit');
  });

  it('are the same in a longer run, and end in an acceptance with a fault', () => {
    expect(found(told('prompt-loop', NTLM))).toEqual(found(REFUSED));
    expect(found(told('mailbox-read', BASIC))).toEqual(found(VIOLATED));
    expect(happenings(FAULTY)[3]).toContain('commit');
  });

  it('move when steps are put before them', () => {
    const [first, ...rest] = REFUSED.steps;
    const later = { ...REFUSED, steps: [{ ...first!, signals: [] }, first!, ...rest] };
    const positions = found(REFUSED).map(({ position }) => position + 1);
    expect(found(later).map(({ position }) => position)).toEqual(positions);
  });

  it.each([
    ['ntlm-accepts', NTLM, 'no host answers at the next'],
    ['refusal-reported', BASIC, 'no host accepts a user'],
  ] as const)('are not there in %s, which is a RangeError', (claim, deployment, reason) => {
    const message = `the story has no double hop: ${reason}`;
    expect(() => momentsOf(told(claim, deployment))).toThrow(new RangeError(message));
  });
});
