/** Reports of SPIN's verifier, as SPIN 6.5.2 prints them. */
import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../cli/bench/measure/spin-report.ts';

const SAID = `\
violated: a monitor
witnessed: alice's witness
pan:1: invalid end state (at depth 399)
violated: a monitor
pan:2: invalid end state (at depth 12)

(Spin Version 6.5.2 -- 6 December 2019)

Full statespace search for:
	invalid end states	+

State-vector 12 byte, depth reached 400, errors: 2
    40401 states, stored
    40000 states, matched
    80401 transitions (= stored+matched)
        0 atomic steps
hash conflicts:        64 (resolved)

Stats on memory usage (in Megabytes):
    1.154	actual memory usage for states (compression: 93.60%)
  128.000	memory used for hash table (-w24)
  133.652	total actual memory usage


pan: elapsed time 0.04 seconds
pan: rate   1010025 states/second
`;

describe('the report of the verifier', () => {
  it('is read completely, each finding once', () => {
    expect(reportOf(SAID)).toEqual({
      states: 40401,
      transitions: 80401,
      depth: 400,
      errors: 2,
      reasons: ['invalid end state'],
      megabytes: 133.652,
      vectorBytes: 12,
      seconds: 0.04,
      isComplete: true,
      violated: ['a monitor'],
      witnessed: ["alice's witness"],
    });
  });

  it('has the memory, also without compressed states', () => {
    const plain = SAID.replace(/Stats.*total actual[^\n]*\n/s, '  336.838\tmemory usage (Mbyte)\n');
    expect(reportOf(plain).megabytes).toBe(336.838);
  });

  it.each([
    ['it stopped at an error', 'Warning: Search not completed\n'],
    ['its stack was too short', 'error: max search depth too small\n'],
  ])('says that %s', (_, line) => {
    expect(reportOf(`${line}${SAID}`).isComplete).toBe(false);
  });

  it('is refused if a figure is missing', () => {
    expect(() => reportOf('Segmentation fault')).toThrow('State-vector');
    expect(() => reportOf(SAID.replace('elapsed', 'lapsed'))).toThrow('elapsed');
  });
});
