import { problem } from '@joinery/problems';
import { parseJson } from '@joinery/store';
import type { SourceKey } from '../source/key.ts';

/** A place in an ordered walk over object keys, as a cycle stores it. */
export function printPosition({ sourceType, sourceId }: SourceKey): string {
  return JSON.stringify([sourceType, sourceId]);
}

/** The inverse of `printPosition`; null is before the first key. @throws ENGINE_STORED_VALUE */
export function parsePosition(text: string | null): SourceKey | null {
  if (text === null) return null;
  const value = parseJson(text);
  if (Array.isArray(value) && value.length === 2) {
    const [sourceType, sourceId]: readonly unknown[] = value;
    if (typeof sourceType === 'string' && typeof sourceId === 'string') return { sourceType, sourceId };
  }
  throw problem('ENGINE_STORED_VALUE', 'A cycle holds a position that is no object key.');
}
