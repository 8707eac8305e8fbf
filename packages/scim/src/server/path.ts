import { problem } from '@joinery/problems';

/**
 * The raw path below the SCIM root, without the query. A client may send the whole address, scheme and host in front
 * (RFC 9112 3.2.2).
 * @param url the target of the request line
 */
export function pathBelow(url: string, prefixLength: number): string {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const start = path.startsWith('/') ? 0 : path.indexOf('/', path.indexOf('//') + 2);
  return path.slice(start + prefixLength);
}

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
