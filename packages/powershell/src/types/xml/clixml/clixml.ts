import type { Session } from '../../../runtime/session.ts';
import type { Value } from '../../../values/value.ts';
import { readXml } from '../read-xml.ts';
import { XmlNode } from '../xml-node.ts';
import { XmlOutput } from '../xml-output.ts';
import { ClixmlReader } from './clixml-reader.ts';
import { ClixmlWriter } from './clixml-writer.ts';

const layout = { indent: '  ', newLine: '\n', style: 'settings' } as const;

/** Makes a writer whose text goes to a function piece by piece. */
export function clixmlWriter(session: Session, depth: number, write: (text: string) => void): ClixmlWriter {
  return new ClixmlWriter(new XmlOutput(layout, write), session, depth);
}

/** Values as one text of Clixml. */
export function serialize(values: readonly Value[], depth: number, session: Session): string {
  let text = '';
  let reserved = 0;
  const writer = clixmlWriter(session, depth, (piece) => {
    text += piece;
    if (text.length - reserved > 1 << 20) {
      reserved = text.length;
      session.budget.reserve(2 * reserved);
    }
  });
  writer.begin();
  for (const value of values) writer.write(value);
  writer.end();
  return text;
}

/** The values that a text of Clixml holds. Throws `NetFailure` (XmlException). No document type is allowed in it. */
export function deserialize(markup: string, session: Session): Generator<Value, void> {
  const { budget } = session;
  budget.reserve(markup.length * 2);
  const document = new XmlNode('document', '');
  readXml(markup, document, {
    conformance: 'document',
    space: false,
    keepsComments: false,
    entityCharacters: undefined,
    budget,
  });
  return new ClixmlReader(session, markup).values(document);
}
