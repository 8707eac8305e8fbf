/** Lower-cases as .NET does: character by character, a character only ever becoming one other. */
export function toLower(text: string, culture?: string): string {
  return mapCharacters(text, (character) =>
    culture === undefined ? character.toLowerCase() : character.toLocaleLowerCase(culture),
  );
}

/** Upper-cases as .NET does: `ß` stays, where JavaScript would write `SS`. */
export function toUpper(text: string, culture?: string): string {
  return mapCharacters(text, (character) =>
    culture === undefined ? character.toUpperCase() : character.toLocaleUpperCase(culture),
  );
}

function mapCharacters(text: string, map: (character: string) => string): string {
  let result = '';
  for (const character of text) {
    const mapped = map(character);
    result += String.fromCodePoint(mapped.codePointAt(0) ?? 0) === mapped ? mapped : character;
  }
  return result;
}
