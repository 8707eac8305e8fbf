import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Node keeps what it made of each module: threads and processes that tests start then load in a third of the time.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('./node_modules/.cache/node-compile', import.meta.url));

/** Without a cache of earlier times Vitest begins with the largest files. The longest here are the short ones that kill whole programs. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = (file: TestSpecification): boolean => /\/examples\/|fault/.test(file.moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** Tests that compare with a real PowerShell: a project of their own, run wherever one is installed. */
const comparisons = '{packages,examples,tools,testing}/**/test/**/*.pwsh.test.ts';
const hasPwsh = spawnSync('pwsh', ['-Version']).status === 0;
if (!hasPwsh)
  process.stderr.write('pwsh is not installed: the tests that compare with a real PowerShell are not run.\n');

const shared = {
  pool: 'forks',
  testTimeout: 30_000,
  hookTimeout: 60_000,
} as const;

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'joinery',
          globalSetup: ['testing/servers.setup.ts'],
          include: ['{packages,examples,tools,testing}/**/test/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', comparisons],
        },
      },
      ...(hasPwsh ? [{ test: { ...shared, name: 'pwsh', include: [comparisons], testTimeout: 120_000 } }] : []),
    ],
  },
});
