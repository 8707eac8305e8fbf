/**
 * An object's id with the anchor that it is made of, for people: `id-1 (U2lkLTE)`. An id is base64url of a type tag and the
 * anchor (host sheet 13.1 (1)); what is no single text or number stays as it is.
 */
export function objectName(id: string): string {
  const bytes = Buffer.from(id, 'base64url');
  const tag = bytes.toString('latin1', 0, 1);
  const text = bytes.toString('utf8', 1);
  const readable = (tag === 'S' || tag === 'I') && text !== '' && !/[\p{Cc}\ufffd]/u.test(text);
  return readable ? `${text} (${id})` : id;
}
