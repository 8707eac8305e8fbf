import { readFileSync } from 'node:fs';

/**
 * The resident memory of another process in bytes, as Linux tells it; `undefined` where the system does not say, or the
 * process is gone. Elsewhere a script process is watched from its inside only.
 */
export function processMemory(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    // It has ended since.
    return undefined;
  }
}
