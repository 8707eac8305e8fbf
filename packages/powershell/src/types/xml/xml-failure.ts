import { type NetFailure, netFailure } from '../../errors/raise.ts';

/** An exception of reading or writing XML that has no place. */
export function xmlFailure(message: string, type = 'System.Xml.XmlException'): NetFailure {
  return netFailure(
    type,
    message,
    type === 'System.Xml.XmlException' ? { details: { LineNumber: 0, LinePosition: 0 } } : {},
  );
}

/** An `XmlException` with line and position, which count from one. */
export function failureAt(text: string, offset: number, message: string): NetFailure {
  const { line, position } = placeOf(text, offset);
  return netFailure('System.Xml.XmlException', `${message} Line ${line}, position ${position}.`, {
    details: { LineNumber: line, LinePosition: position },
  });
}

export function placeOf(text: string, offset: number): { line: number; position: number } {
  const ends = /\r\n|\r|\n/g;
  let line = 1;
  let start = 0;
  for (let end = ends.exec(text); end !== null && ends.lastIndex <= offset; end = ends.exec(text)) {
    line++;
    start = ends.lastIndex;
  }
  return { line, position: offset - start + 1 };
}

/** As .NET names a character in its messages. */
export function named(sign: string): string {
  const code = sign.charCodeAt(0);
  return `'${code === 0 ? '.' : sign}', hexadecimal value 0x${code.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** What does not belong at the top of a document, as `AppendChild` says it. */
export function wrongChild(): NetFailure {
  return netFailure(
    'System.InvalidOperationException',
    'The specified node cannot be inserted as the valid child of this node, because the specified node is the wrong type.',
  );
}
