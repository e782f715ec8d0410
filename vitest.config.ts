import { defineConfig } from 'vitest/config';

const BROWSER = 'test/inspector/browser/**/*.test.ts';
const LAB = 'test/lab/**/*.test.ts';

export default defineConfig({
  test: {
    testTimeout: 120_000, // exhausting takes as long as it takes; a machine under load takes longer
    projects: [
      {
        extends: true,
        test: {
          name: 'model',
          include: ['test/**/*.test.ts'],
          exclude: [BROWSER, LAB],
          maxWorkers: '100%', // the longest files are mostly computing
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [BROWSER],
          maxWorkers: 1, // a browser has the machine to itself: how quick the page is, is measured
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'lab',
          include: [LAB],
          globalSetup: 'test/support/left-out.ts',
          maxWorkers: 1, // servers that others wrote, at addresses of their own
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
