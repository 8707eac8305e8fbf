import { readFileSync } from 'node:fs';
import { runVector } from '../packages/powershell/src/vectors/run-vector.ts';
import { parseVectors, type Vector } from '../packages/powershell/src/vectors/vector.ts';

// npm run powershell-vectors -- [--only ID]… FILE…

process.env.TZ = 'UTC';

const files: string[] = [];
const only = new Set<string>();
const words = process.argv.slice(2);
for (let at = 0; at < words.length; at++) {
  const word = words[at] ?? '';
  if (word === '--only') only.add(words[++at] ?? '');
  else files.push(word);
}
if (files.length === 0) {
  console.error('usage: npm run powershell-vectors -- [--only ID]… FILE…');
  process.exit(2);
}

let passed = 0;
let failed = 0;
for (const file of files) {
  const vectors = parseVectors(readFileSync(file, 'utf8'));
  const before = { passed, failed };
  for (const vector of vectors) if (only.size === 0 || only.has(vector.id)) check(vector);
  if (files.length > 1) console.log(`${file}: ${passed - before.passed} passed, ${failed - before.failed} failed`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function check(vector: Vector): void {
  let lines: string[];
  try {
    lines = runVector(vector).differences.flatMap(({ path, expected, got }) => [
      `  ${path}`,
      `    expected ${JSON.stringify(expected)}`,
      `    got      ${JSON.stringify(got)}`,
    ]);
  } catch (error) {
    lines = [`  the engine failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
  if (lines.length === 0) {
    passed++;
    return;
  }
  failed++;
  console.log(`${vector.id}${vector.note === undefined ? '' : ` (${vector.note})`}`);
  console.log(vector.script.replace(/^/gm, '  | '));
  console.log(lines.join('\n'));
}
