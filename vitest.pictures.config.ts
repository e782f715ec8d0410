import { defineConfig } from 'vitest/config';

/** `npm run screenshots`: no test, but what drives a browser in tests also takes the pictures. */
export default defineConfig({
  test: { include: ['test/inspector/browser/pictures.ts'], testTimeout: 120_000 },
});
