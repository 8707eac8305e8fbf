import { Writable } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { textOutput } from '../src/output.ts';

class Terminal extends Writable {
  readonly isTTY = true;
  text = '';
  cursorTo(): void {}
  clearLine(): void {}
  moveCursor(): void {}
  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

/** What a terminal shows of work that takes so many milliseconds. */
async function shown(milliseconds: number, env: Readonly<Record<string, string>> = {}): Promise<string> {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const stdout = new Terminal();
  const output = textOutput({ stdout, stderr: new Terminal(), env });
  const done = output.during(
    'Reading the stars',
    () => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
  );
  await vi.advanceTimersByTimeAsync(milliseconds);
  await done;
  return stdout.text;
}

test('a spinner turns only for work that takes over a second', async () => {
  expect(await shown(999)).toBe('');
  expect(await shown(1500)).toContain('Reading the stars');
});

test('no spinner with NO_COLOR, on a dumb terminal or in CI', async () => {
  for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }, { CI: 'true' }]) expect(await shown(1500, env)).toBe('');
});
