import { problem } from '@joinery/problems';

/** The segments of a path, still encoded; slashes at the ends and doubled ones do no harm. */
export function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** @throws SCIM_NOT_FOUND */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw problem('SCIM_NOT_FOUND', 'The id is not percent-encoded UTF-8.', { place: segment.slice(0, 200), cause });
  }
}
