import { readFileSync } from 'node:fs';

/**
 * What PowerShell 7.6.5 answers to the scripts of `web-scripts.ts`, by script. `npx vitest run --project pwsh
 * packages/powershell/test/web.pwsh.test.ts` compares them with the one that is installed.
 */
export const recordedWebAnswers: ReadonlyMap<string, readonly string[]> = new Map(
  readRecorded(new URL('../fixtures/web-answers.json', import.meta.url)),
);

function readRecorded(file: URL): [string, readonly string[]][] {
  const recorded: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof recorded !== 'object' || recorded === null) throw new TypeError('recorded answers are an object');
  return Object.entries(recorded).map(([script, lines]) => [script, Array.isArray(lines) ? lines.map(String) : []]);
}
