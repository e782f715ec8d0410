import { defineConfig } from 'vitest/config';

/** `npm run agree`: SPIN judges the whole catalogue. */
export default defineConfig({
  test: { include: ['test/peers/catalogue.spin.ts'], maxConcurrency: 2 },
});
