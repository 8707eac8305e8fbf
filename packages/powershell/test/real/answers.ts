import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseVectors, type Vector } from '../../src/vectors/vector.ts';

/** Scripts with what the installed PowerShell makes of each. */
export function realAnswers(scripts: readonly string[]): readonly Vector[] {
  const folder = mkdtempSync(join(tmpdir(), 'real-'));
  try {
    const cases = join(folder, 'cases.json');
    const answers = join(folder, 'answers.json');
    const all = scripts.map((script, at) => ({ id: String(at), script }));
    writeFileSync(cases, JSON.stringify(all));
    const recorder = fileURLToPath(new URL('./record.ps1', import.meta.url));
    const words = ['-NoProfile', '-File', recorder, '-Cases', cases, '-Answers', answers];
    const { status, stderr } = spawnSync('pwsh', words, { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } });
    if (status !== 0) throw new Error(`pwsh failed: ${stderr}`);
    const answered: unknown = JSON.parse(readFileSync(answers, 'utf8'));
    if (!Array.isArray(answered)) throw new TypeError('pwsh answered something else');
    const joined = answered.map((answer: unknown, at) => ({ ...all[at], ...Object(answer) }));
    return parseVectors(JSON.stringify(joined));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
