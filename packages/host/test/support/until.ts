import { vi } from 'vitest';

/** Waits until a check passes, patiently: a machine under load is no defect. */
export function until<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, interval: 10 });
}
