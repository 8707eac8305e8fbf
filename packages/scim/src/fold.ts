const ascii = /^[\0-\x7f]*$/;

/**
 * The one case-insensitive key of a text: two texts are the same without regard to case exactly when their keys are equal.
 * It is Unicode's canonical caseless match (Unicode core specification, D145), from what every JavaScript engine carries:
 * lower, upper, lower again gives the full case folding (ß and ẞ become ss, ﬁ becomes fi, İ becomes i with a dot above),
 * the final sigma becomes the plain one, and the dotless ı stays itself, as the folding table has it outside Turkic languages.
 * Composed and decomposed spellings give the same key, because a person typed on one system and read on another is one person.
 */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return text.normalize('NFD').split('ı').map(foldPart).join('ı').normalize('NFC');
}

function foldPart(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}
