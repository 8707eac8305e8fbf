import { posix } from 'node:path';
import { NetArray } from '../../values/array.ts';
import { text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { itemsOf } from '../collections/items-of.ts';
import { netTypes } from '../intrinsic.ts';
import type { CallContext, Overload } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { type Encoding, utf8Encoding, utf8WithoutPreamble } from '../text/encoding.ts';
import { missingFolder } from './folder-operations.ts';
import { LineSequence } from './line-sequence.ts';
import { absolutePath } from './path.ts';
import type { StreamReader } from './stream-reader.ts';
import { encodingOf, fileReader, fileWriter } from './stream-text-description.ts';

function reading(signature: string, run: (reader: StreamReader, context: CallContext) => Value): readonly Overload[] {
  const invoke = (path: Value, encoding: Encoding, context: CallContext): Value => {
    const reader = fileReader(path, context, encoding);
    try {
      return run(reader, context);
    } finally {
      reader.close();
    }
  };
  return [
    {
      signature: `static ${signature}(string path)`,
      invoke: (_self, [path], context) => invoke(path, utf8Encoding, context),
    },
    {
      signature: `static ${signature}(string path, System.Text.Encoding encoding)`,
      invoke: (_self, [path, encoding], context) => invoke(path, encodingOf(encoding), context),
    },
  ];
}

function readLines(reader: StreamReader, context: CallContext): NetArray {
  const { budget } = sessionOf(context);
  const lines: string[] = [];
  let length = 0;
  for (let line = reader.line(); line !== undefined; line = reader.line()) {
    lines.push(line);
    length += line.length;
    if ((lines.length & 1023) === 0) {
      budget.reserve(lines.length * 8 + length * 2);
      budget.step();
    }
  }
  return new NetArray(netTypes.string, lines);
}

/** `ReadLines`: lines that are read when they are asked for. */
function lazily(parameters: string): Overload {
  return {
    signature: `static System.Collections.Generic.IEnumerable[string] ReadLines(string path${parameters})`,
    invoke: (_self, [path, encoding], context) =>
      new LineSequence(() => fileReader(path, context, encoding === undefined ? utf8Encoding : encodingOf(encoding))),
  };
}

type Pieces = (contents: Value, context: CallContext) => Iterable<string>;

/** `WriteAllText`, `AppendAllLines` and their kind. */
function writing(name: string, contents: string, pieces: Pieces): readonly Overload[] {
  const isAppending = name.startsWith('Append');
  const write = (path: Value, value: Value, encoding: Encoding, context: CallContext): undefined => {
    const session = sessionOf(context);
    const all = pieces(value, context);
    const file = absolutePath(path, context);
    if (session.world.files.stat(posix.dirname(file)) === undefined) throw missingFolder(file);
    const writer = fileWriter(path, context, isAppending, encoding);
    try {
      for (const piece of all) {
        writer.write(piece);
        session.budget.step();
      }
    } finally {
      writer.close();
    }
    return undefined;
  };
  return [
    {
      signature: `static void ${name}(string path, ${contents} contents)`,
      invoke: (_self, [path, value], context) => write(path, value, utf8WithoutPreamble, context),
    },
    {
      signature: `static void ${name}(string path, ${contents} contents, System.Text.Encoding encoding)`,
      invoke: (_self, [path, value, encoding], context) => write(path, value, encodingOf(encoding), context),
    },
  ];
}

const asText: Pieces = (value) => [text(value)];

const asLines: Pieces = (value, context) => eachLine(itemsOf(value, context, 'contents'));

function* eachLine(lines: readonly Value[]): Generator<string> {
  for (const line of lines) yield `${text(line)}\n`;
}

const lineSource = 'System.Collections.Generic.IEnumerable[string]';

/** The members of `System.IO.File` that read and write text: in pieces, never all bytes at once. */
export const fileText: Readonly<Record<string, readonly Overload[]>> = {
  AppendAllLines: writing('AppendAllLines', lineSource, asLines),
  AppendAllText: writing('AppendAllText', 'string', asText),
  ReadAllLines: reading('string[] ReadAllLines', readLines),
  ReadAllText: reading('string ReadAllText', (reader) => reader.rest()),
  ReadLines: [lazily(''), lazily(', System.Text.Encoding encoding')],
  WriteAllLines: [...writing('WriteAllLines', 'string[]', asLines), ...writing('WriteAllLines', lineSource, asLines)],
  WriteAllText: writing('WriteAllText', 'string', asText),
};
