import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Node keeps what it made of each module: threads and processes that tests start then load in a third of the time.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('./node_modules/.cache/node-compile', import.meta.url));

export default defineConfig({
  test: {
    include: ['{packages,examples,tools,testing}/**/test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['testing/servers.setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
