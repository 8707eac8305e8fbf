import { problem } from '@joinery/problems';
import type { ImportGuard } from '../configuration/connector-file.ts';

/** Objects that may always go: a share of a small number is no measure. */
const ALWAYS_ALLOWED = 5;

/**
 * Decides whether an import may take over. Losing accounts is the one thing a host must not do by itself, so content
 * that shrank too far is held back and the previous content goes on answering.
 * @param before objects of the visible content
 * @param brought objects that the import brought
 * @throws HOST_IMPORT_HELD_BACK with the counts
 */
export function checkDeletes(guard: ImportGuard, before: number, brought: number, deletes: number): void {
  if (before > 0 && brought === 0) {
    throw heldBack(`The import found no object at all; ${before} are known.`);
  }
  const share = Math.max(ALWAYS_ALLOWED, Math.floor((before * guard.maxDeletePercent) / 100));
  const allowed = Math.min(share, Math.max(ALWAYS_ALLOWED, guard.maxDeletes));
  if (deletes > allowed) {
    throw heldBack(`The import would delete ${deletes} of ${before} objects; ${allowed} are allowed.`);
  }
}

function heldBack(sentence: string): Error {
  return problem('HOST_IMPORT_HELD_BACK', sentence);
}
