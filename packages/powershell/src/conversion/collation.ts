/**
 * How PowerShell orders and equates text: by the root order of Unicode, which is .NET's invariant culture. Small letters
 * come before capitals, composed and decomposed accents are equal, most control characters count for nothing. Made on
 * first use: it costs some milliseconds.
 */
let caseSensitive: Intl.Collator | undefined;
let caseIgnoring: Intl.Collator | undefined;

/** Negative, zero or positive: `string.Compare` in the invariant culture. */
export function compareText(left: string, right: string, ignoreCase: boolean): number {
  if (left === right) return 0;
  if (!ignoreCase) {
    caseSensitive ??= new Intl.Collator('en-US-u-co-standard', { sensitivity: 'variant' });
    return caseSensitive.compare(left, right);
  }
  caseIgnoring ??= new Intl.Collator('en-US-u-co-standard', { sensitivity: 'accent' });
  return special.test(left) || special.test(right)
    ? caseIgnoring.compare(withForms(left), withForms(right))
    : caseIgnoring.compare(left, right);
}

/**
 * True where two texts are the same to `-eq` (`-ceq`). Printable ASCII is decided here, where most comparisons are: no
 * other sign that follows a difference between two of them can undo it.
 */
export function equalText(left: string, right: string, ignoreCase: boolean): boolean {
  if (left === right) return true;
  const shorter = Math.min(left.length, right.length);
  for (let at = 0; at < shorter; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a === b) continue;
    if (!isPlain(a) || !isPlain(b)) return compareText(left, right, ignoreCase) === 0;
    if (!ignoreCase || (a | 32) !== (b | 32) || (a | 32) < 97 || (a | 32) > 122) return false;
  }
  if (left.length === right.length) return true;
  const next = left.length > right.length ? left.charCodeAt(shorter) : right.charCodeAt(shorter);
  return !isPlain(next) && compareText(left, right, ignoreCase) === 0;
}

/** ASCII that has a weight of its own: not a control character other than white space. */
function isPlain(unit: number): boolean {
  return (unit >= 32 && unit < 127) || (unit >= 9 && unit <= 13);
}

/** Katakana and forms of full or half width. */
const special = /[\u30a1-\u30fa\uff01-\uff9f\uffe0-\uffe6]/;
const specials = new RegExp(special, 'g');
/** The sign that sorts behind every other. */
const last = '\uffff';

/**
 * Without case, Katakana still sorts behind its Hiragana and full width behind half width, each as a letter of its own:
 * they become the plain letter with the last of all signs behind it.
 */
function withForms(text: string): string {
  return text.normalize('NFD').replace(specials, (sign) => {
    const code = sign.charCodeAt(0);
    if (code <= 0x30fa && code >= 0x30a1) return String.fromCharCode(code - 0x60) + last;
    const plain = sign.normalize('NFKC');
    return plain === sign ? sign + last : withForms(plain) + last;
  });
}
