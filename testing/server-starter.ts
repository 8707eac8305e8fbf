import { inject } from 'vitest';

/**
 * Starts one of the run's servers, or finds it started.
 * @param path one of those that `servers.setup.ts` knows
 * @returns how to reach it, as the starter puts it
 */
export async function startedServer(path: string): Promise<string> {
  const response = await fetch(inject('serverStarter') + path);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
