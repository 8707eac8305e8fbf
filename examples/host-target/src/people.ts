/** The columns of the file, as the tutorial has them. */
export const personColumns = ['AzureObjectID', 'IsActive', 'DisplayName', 'EmployeeId', 'Title', 'UserName', 'Email'];

/** The column that callers look people up by. */
export const anchorColumn = 'AzureObjectID';

/** What the n-th person's anchor holds. */
export function personKey(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** The values of the n-th person, in the order of {@link personColumns}. */
export function personValues(n: number): readonly string[] {
  const name = `person.${n}`;
  return [
    personKey(n),
    'True',
    `Person Number ${n}`,
    String(10_000 + n),
    'Analyst',
    `${name}@contoso.example`,
    `${name}@mail.contoso.example`,
  ];
}

/** The text of a file with so many people, a row at a time. */
export function* peopleFile(count: number): Generator<string> {
  yield `${personColumns.join(';')}\n`;
  for (let n = 0; n < count; n++) yield `${personValues(n).join(';')}\n`;
}
