const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The lower-case id, or undefined for a text that no object can have as its id. */
export function parseObjectId(text: string): string | undefined {
  return guid.test(text) ? text.toLowerCase() : undefined;
}
