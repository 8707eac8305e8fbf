/**
 * A key of a manifest that is written.
 * @property value as it stands after the sign; absent for a key that stays a comment
 * @property empty what the comment shows
 */
export interface ManifestKey {
  readonly key: string;
  readonly value: string | undefined;
  readonly empty: string;
}

/** A text between single quotes, typographic ones doubled too, since PowerShell takes them for quotes. */
export function quoted(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/** The text of a manifest: what is given, and as comments what could be. */
export function manifestText(
  keys: readonly ManifestKey[],
  { inner, outer }: { readonly inner: readonly ManifestKey[]; readonly outer: readonly ManifestKey[] },
): string {
  const lines = (some: readonly ManifestKey[], indent: string) =>
    some.flatMap(({ key, value, empty }) => [
      `${indent}${value === undefined ? `# ${nameOf(key)} = ${empty}` : `${nameOf(key)} = ${value}`}`,
      '',
    ]);
  return [
    '@{',
    '',
    ...lines(keys, ''),
    'PrivateData = @{',
    '',
    '    PSData = @{',
    '',
    ...lines(inner, '        '),
    '    }',
    '',
    ...lines(outer, '    '),
    '}',
    '',
    '}',
    '',
  ].join('\n');
}

/** A key that is no name of its own is a text. */
function nameOf(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : quoted(key);
}
