import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Slapd } from '../../../../../testing/directories/slapd.ts';

/** Stops a server and waits until each of its threads has stopped, which the signal only asks for. */
export async function freeze(slapd: Slapd): Promise<void> {
  slapd.freeze();
  const threads = `/proc/${slapd.processId()}/task`;
  const running = (): string[] =>
    readdirSync(threads).filter((thread) => !/\) T/.test(readFileSync(`${threads}/${thread}/stat`, 'latin1')));
  await expect.poll(running).toEqual([]);
}
