/**
 * SPIN and gcc as they are run: what comes of bad texts, and of searches that are cut short.
 *
 * @module-tag long
 */
import { describe, expect, it } from 'vitest';
import { compileWithSpin, SAFETY, spinVersion } from '../../cli/bench/measure/spin.ts';

const mayBeMissing = spinVersion() === null && process.env.CI === undefined;

describe.skipIf(mayBeMissing)(
  'a run of SPIN (skipped without it: apt-get install spin gcc)',
  () => {
    const options = { flags: SAFETY, optimise: '-O0' } as const;
    const few = 'byte n; active proctype p() { do :: d_step { n < 200 -> n++ } od }';
    // 201 ** 4 states, none deeper than 800. SPIN leaves out variables that are never read.
    const counters = ['a', 'b', 'c', 'd'];
    const steps = counters.map((name) => `:: d_step { ${name} < 200 -> ${name}++ }`).join(' ');
    const endless = `byte ${counters.join(', ')}; active proctype p() { do ${steps} od }`;

    it('fails with what SPIN says of a text that is not Promela', async () => {
      await expect(compileWithSpin('active proctype {', options)).rejects.toThrow(
        /^spin: .*error/s,
      );
    });

    it('fails with what gcc says of C that is none', async () => {
      const text = 'c_decl { int here = ; } byte n; active proctype p() { n = 1 }';
      await expect(compileWithSpin(text, options)).rejects.toThrow(/^gcc: .*error/s);
    });

    it('is killed when its time is over', async () => {
      const verifier = await compileWithSpin(endless, options);
      await expect(verifier.run(['-E'], 500)).rejects.toThrow(/pan ended after /);
      verifier.dispose();
    });

    it('is not complete where its stack was too short', async () => {
      const verifier = await compileWithSpin(few, options);
      expect((await verifier.run(['-m300', '-E'])).isComplete).toBe(true);
      expect(await verifier.run(['-m100', '-E'])).toMatchObject({ isComplete: false });
      verifier.dispose();
    });
  },
);
