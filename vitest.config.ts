import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    maxWorkers: '100%', // the longest files are mostly computing
    testTimeout: 120_000, // exhausting takes as long as it takes; a machine under load takes longer
  },
});
