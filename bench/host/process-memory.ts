import { readdir, readFile } from 'node:fs/promises';

const kilobytesOfMegabyte = 1024;

/**
 * The memory of a process and everything it has started, in MB. Pages that several processes share count once in all (Linux: `Pss`),
 * so a program that splits itself up pays for what it takes and not for the binary again.
 */
export async function memoryOf(pid: number): Promise<number> {
  let kilobytes = 0;
  for (const each of [pid, ...(await descendantsOf(pid))]) {
    const text = await readFile(`/proc/${each}/smaps_rollup`, 'utf8').catch(() => '');
    kilobytes += Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0);
  }
  return kilobytes / kilobytesOfMegabyte;
}

async function descendantsOf(pid: number): Promise<readonly number[]> {
  const found: number[] = [];
  for (const task of await readdir(`/proc/${pid}/task`).catch(() => [])) {
    const children = await readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '');
    for (const child of children
      .split(' ')
      .filter((word) => word !== '')
      .map(Number)) {
      found.push(child, ...(await descendantsOf(child)));
    }
  }
  return found;
}

/** The most memory that a process tree takes while something is under way. */
export async function mostWhile<T>(
  pid: number,
  work: Promise<T>,
): Promise<{ readonly most: number; readonly value: T }> {
  let most = 0;
  let ended = false;
  const watching = (async () => {
    while (!ended) {
      most = Math.max(most, await memoryOf(pid));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  try {
    const value = await work;
    return { most, value };
  } finally {
    ended = true;
    await watching;
  }
}
