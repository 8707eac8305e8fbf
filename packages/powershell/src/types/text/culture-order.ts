/** ICU's root order, which is what .NET compares by in the invariant culture. Made on first use: it costs some milliseconds. */
let caseSensitive: Intl.Collator | undefined;
let caseIgnoring: Intl.Collator | undefined;

const onlyLettersAndDigits = /^[A-Za-z0-9]*$/;

/** `string.Compare` in the invariant culture: composed and decomposed accents are equal, small letters before capitals. */
export function compareCulture(left: string, right: string, ignoreCase: boolean): number {
  if (left === right) return 0;
  if (ignoreCase && onlyLettersAndDigits.test(left) && onlyLettersAndDigits.test(right)) {
    const l = left.toLowerCase();
    const r = right.toLowerCase();
    return l === r ? 0 : l < r ? -1 : 1;
  }
  if (ignoreCase) {
    caseIgnoring ??= new Intl.Collator('en-US-u-co-standard', { sensitivity: 'accent', caseFirst: 'false' });
    return caseIgnoring.compare(left, right);
  }
  caseSensitive ??= new Intl.Collator('en-US-u-co-standard', { sensitivity: 'variant', caseFirst: 'false' });
  return caseSensitive.compare(left, right);
}
