/**
 * The end of an attribute reference: the offset of its closing bracket, or -1 when it is never closed.
 * Brackets inside the name balance, and brackets inside quoted text do not count, so that the source attributes
 * of API-driven jobs can be written as they are called: `[emails[type eq "work"].value]` (engine sheet 21.1).
 * @param start offset of the first character after the opening bracket
 */
export function attributeNameEnd(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let offset = start; offset < text.length; offset++) {
    const character = text[offset];
    if (quoted) {
      if (character === '\\') offset++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '[') depth++;
    else if (character === ']') {
      if (depth === 0) return offset;
      depth--;
    }
  }
  return -1;
}

/** True for a name that can stand between brackets and be read back. */
export function isAttributeName(name: string): boolean {
  return name !== '' && attributeNameEnd(`${name}]`, 0) === name.length;
}
