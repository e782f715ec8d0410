import { defineConfig } from 'vitest/config';

const BROWSER = 'test/inspector/browser/**/*.test.ts';
const LAB = 'test/lab/**/*.test.ts';

/**
 * Against hanging alone: a search takes as long as it takes, and longer on a machine under load.
 */
const HANGS = 600_000; // ms

export default defineConfig({
  test: {
    testTimeout: HANGS,
    hookTimeout: HANGS,
    tags: [{ name: 'long', description: 'Left to `npm run test:long`: see docs/decisions/0029.' }],
    projects: [
      {
        extends: true,
        test: {
          name: 'model',
          include: ['test/**/*.test.ts'],
          exclude: [BROWSER, LAB],
          maxWorkers: '100%', // the longest files are mostly computing
          isolate: false, // modules are read, and tables of machines filled, once a worker
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [BROWSER],
          maxWorkers: 1, // speed tests measure the page, so the browser needs the machine to itself
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'lab',
          include: [LAB],
          globalSetup: 'test/support/left-out.ts',
          maxWorkers: 1, // servers by others, which listen at addresses of their own
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
