import { baseOf } from '../../conversion/base.ts';
import { netFailure } from '../../errors/raise.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { absolutePath } from '../io/path.ts';
import { Stream } from '../io/stream.ts';
import { TextWriter } from '../io/text-writer.ts';
import type { CallContext, Overload } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { type Encoding, utf8WithoutPreamble } from '../text/encoding.ts';
import { StringBuilder } from '../text/string-builder.ts';
import { declaredEncoding } from './decode-xml.ts';
import { collected, writeNode } from './write-xml.ts';
import { selfNode as self } from './xml-adapter.ts';
import { declarationOf, declared } from './xml-declaration.ts';
import type { XmlNode } from './xml-node.ts';
import { indentedLayout, plainLayout } from './xml-output.ts';
import { XmlWriterObject } from './xml-writer-object.ts';

/** Where written XML goes: pieces of text. The encoding is what a declaration names; `undefined` where there is none. */
export interface XmlTarget {
  readonly encoding: Encoding | undefined;
  readonly encodingName: string | undefined;
  write(text: string): void;
  flush(): void;
  close(): void;
}

const nothing = (): void => undefined;

/**
 * What `XmlWriter.Create` and `Save` may write to: a StringBuilder, a text writer, a stream, a file by its path.
 * @param encoding of streams and files
 */
export function targetOf(value: Value, encoding: Encoding, context: CallContext): XmlTarget {
  const base = baseOf(value);
  if (base instanceof StringBuilder) {
    return {
      encoding: undefined,
      encodingName: 'utf-16',
      write: (text) => void base.append(text),
      flush: nothing,
      close: nothing,
    };
  }
  if (base instanceof TextWriter) {
    return {
      encoding: base.encoding,
      encodingName: base.encoding.codec.webName,
      write: (text) => base.write(text),
      flush: () => base.flush(),
      close: nothing,
    };
  }
  if (base instanceof Stream) return byteTarget(encoding, (bytes) => base.write(bytes), nothing);
  if (typeof base === 'string') return fileTarget(base, encoding, context);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'output' });
}

function byteTarget(encoding: Encoding, write: (bytes: Uint8Array) => void, close: () => void): XmlTarget {
  let held = '';
  let isStarted = false;
  const flush = (): void => {
    if (!isStarted && encoding.preamble.length > 0) write(Uint8Array.from(encoding.preamble));
    isStarted = true;
    if (held !== '') write(encoding.encode(held));
    held = '';
  };
  return {
    encoding,
    encodingName: encoding.codec.webName,
    write: (text) => {
      held += text;
      if (held.length > 65_536) flush();
    },
    flush,
    close: () => {
      flush();
      close();
    },
  };
}

function fileTarget(name: string, encoding: Encoding, context: CallContext): XmlTarget {
  const { world } = sessionOf(context);
  const file = world.files.open(absolutePath(name, context), 'write');
  let at = 0;
  return byteTarget(
    encoding,
    (bytes) => {
      file.write(bytes, at);
      at += bytes.length;
    },
    () => file.close(),
  );
}

function firstDeclaration(node: XmlNode): XmlNode | undefined {
  const [first] = node.children;
  return first?.kind === 'declaration' ? first : undefined;
}

/**
 * `XmlDocument.Save`: to a file or stream as it stands, in the encoding that its declaration names; to a text writer or an
 * `XmlWriter` with a declaration of that one's encoding.
 */
function save(document: XmlNode, value: Value, context: CallContext): undefined {
  const base = baseOf(value);
  if (base instanceof XmlWriterObject) {
    base.startDocument(standaloneOf(document));
    for (const child of document.children) if (child.kind !== 'declaration') writeNode(child, base.output);
    base.flush();
    return undefined;
  }
  const layout = document.preservesSpace ? plainLayout : indentedLayout;
  const encoding = declaredEncoding(firstDeclaration(document) === undefined ? '' : encodingIn(document));
  const target = targetOf(value, encoding ?? utf8WithoutPreamble, context);
  const { budget } = sessionOf(context);
  const isText = base instanceof TextWriter;
  target.write(
    collected(layout, (output) => {
      if (isText) output.declaration(declarationOf('1.0', target.encodingName ?? '', standaloneOf(document)));
      for (const child of document.children) {
        if (!isText || child.kind !== 'declaration') writeNode(child, output, budget);
      }
    }),
  );
  target.flush();
  target.close();
  return undefined;
}

function encodingIn(document: XmlNode): string {
  const first = firstDeclaration(document);
  return first === undefined ? '' : declared(first, 'encoding');
}

function standaloneOf(document: XmlNode): string {
  const first = firstDeclaration(document);
  return first === undefined ? '' : declared(first, 'standalone');
}

export const saveMethods: Readonly<Record<string, readonly Overload[]>> = {
  Save: ['string filename', 'System.IO.Stream outStream', 'System.IO.TextWriter writer', 'System.Xml.XmlWriter w'].map(
    (parameter) => ({
      signature: `void Save(${parameter})`,
      invoke: (document, [target], context) => save(self(document), target, context),
    }),
  ),
};

export const writeToMethods: Readonly<Record<string, readonly Overload[]>> = {
  WriteContentTo: [
    {
      signature: 'void WriteContentTo(System.Xml.XmlWriter w)',
      invoke: (value, [writer]) => {
        const { output } = as(writer, XmlWriterObject).started();
        for (const child of self(value).children) writeNode(child, output);
        return undefined;
      },
    },
  ],
  WriteTo: [
    {
      signature: 'void WriteTo(System.Xml.XmlWriter w)',
      invoke: (value, [writer]) => {
        const { output } = as(writer, XmlWriterObject).started();
        writeNode(self(value), output);
        return undefined;
      },
    },
  ],
};
