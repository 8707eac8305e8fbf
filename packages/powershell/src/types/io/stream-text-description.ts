import { netFailure } from '../../errors/raise.ts';
import { as, bool } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { CallContext, Overload, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { Encoding, utf8Encoding, utf8WithoutPreamble } from '../text/encoding.ts';
import { openFile } from './file-stream.ts';
import { absolutePath } from './path.ts';
import type { Stream } from './stream.ts';
import { streamOf } from './stream-description.ts';
import { StreamReader } from './stream-reader.ts';
import { StreamWriter } from './stream-writer.ts';

const readerName = 'System.IO.StreamReader';
const writerName = 'System.IO.StreamWriter';
const reader = (value: Value): StreamReader => as(value, StreamReader);
const writer = (value: Value): StreamWriter => as(value, StreamWriter);

/** An argument that is an encoding. Throws `NetFailure` (ArgumentNullException). */
export function encodingOf(value: Value): Encoding {
  if (value !== null && value !== undefined) return as(value, Encoding);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'encoding' });
}

/** A reader of a stream of the caller's. Throws `NetFailure` (ArgumentException) for one that cannot be read. */
export function readerOf(
  stream: Stream,
  context: CallContext,
  options: { encoding?: Encoding; detect?: boolean; leaveOpen?: boolean } = {},
): StreamReader {
  if (!stream.canRead) throw netFailure('System.ArgumentException', 'Stream was not readable.');
  const reserve = (bytes: number): void => sessionOf(context).budget.reserve(bytes);
  return new StreamReader(stream, { encoding: utf8Encoding, reserve, ...options });
}

/** A reader of a file: others may write it meanwhile. */
export function fileReader(path: Value, context: CallContext, encoding?: Encoding, detect = true): StreamReader {
  const options = { mode: 'Open', access: 'Read', share: 'Read' };
  const stream = openFile(sessionOf(context), absolutePath(path, context), options);
  return readerOf(stream, context, { detect, ...(encoding === undefined ? {} : { encoding }) });
}

/** A writer of a file, which it makes. */
export function fileWriter(
  path: Value,
  context: CallContext,
  isAppending: boolean,
  encoding = utf8WithoutPreamble,
): StreamWriter {
  const options = { mode: isAppending ? 'Append' : 'Create', access: 'Write', share: 'Read' };
  return new StreamWriter(openFile(sessionOf(context), absolutePath(path, context), options), encoding);
}

type Make = (source: Value, rest: readonly Value[], context: CallContext) => Value;

/** The overloads of one source, `stream` or `path`, with what may follow it. */
function making(name: string, source: string, tails: readonly (readonly [tail: string, make: Make])[]): Overload[] {
  return tails.map(([tail, make]) => ({
    signature: `${name} new(${source}${tail})`,
    invoke: (_self, [first, ...rest], context) => make(first, rest, context),
  }));
}

const detecting = 'bool detectEncodingFromByteOrderMarks';

const readers: readonly Overload[] = [
  ...making(readerName, 'System.IO.Stream stream', [
    ['', (stream, _none, context) => readerOf(streamOf(stream, 'stream'), context)],
    [
      `, ${detecting}`,
      (stream, [detect], context) => readerOf(streamOf(stream, 'stream'), context, { detect: bool(detect) }),
    ],
    [
      ', System.Text.Encoding encoding',
      (stream, [encoding], context) =>
        readerOf(streamOf(stream, 'stream'), context, { encoding: encodingOf(encoding) }),
    ],
    ...['', ', int bufferSize', ', int bufferSize, bool leaveOpen'].map((tail): readonly [string, Make] => [
      `, System.Text.Encoding encoding, ${detecting}${tail}`,
      (stream, [encoding, detect, , leaveOpen = false], context) =>
        readerOf(streamOf(stream, 'stream'), context, {
          encoding: encoding === null ? utf8Encoding : encodingOf(encoding),
          detect: bool(detect),
          leaveOpen: bool(leaveOpen),
        }),
    ]),
  ]),
  ...making(readerName, 'string path', [
    ['', (path, _none, context) => fileReader(path, context)],
    [`, ${detecting}`, (path, [detect], context) => fileReader(path, context, undefined, bool(detect))],
    [', System.Text.Encoding encoding', (path, [encoding], context) => fileReader(path, context, encodingOf(encoding))],
    ...['', ', int bufferSize'].map((tail): readonly [string, Make] => [
      `, System.Text.Encoding encoding, ${detecting}${tail}`,
      (path, [encoding, detect], context) => fileReader(path, context, encodingOf(encoding), bool(detect)),
    ]),
  ]),
];

const writers: readonly Overload[] = [
  ...making(writerName, 'System.IO.Stream stream', [
    ['', (stream) => new StreamWriter(streamOf(stream, 'stream'), utf8WithoutPreamble)],
    ...['', ', int bufferSize', ', int bufferSize, bool leaveOpen'].map((tail): readonly [string, Make] => [
      `, System.Text.Encoding encoding${tail}`,
      (stream, [encoding, , leaveOpen = false]) =>
        new StreamWriter(
          streamOf(stream, 'stream'),
          encoding === null && tail !== '' ? utf8WithoutPreamble : encodingOf(encoding),
          { leaveOpen: bool(leaveOpen) },
        ),
    ]),
  ]),
  ...making(writerName, 'string path', [
    ['', (path, _none, context) => fileWriter(path, context, false)],
    [', bool append', (path, [append], context) => fileWriter(path, context, bool(append))],
    ...['', ', int bufferSize'].map((tail): readonly [string, Make] => [
      `, bool append, System.Text.Encoding encoding${tail}`,
      (path, [append, encoding], context) => fileWriter(path, context, bool(append), encodingOf(encoding)),
    ]),
  ]),
];

export const streamTextDescriptions: readonly TypeDescription[] = [
  {
    name: readerName,
    kind: 'class',
    base: 'System.IO.TextReader',
    constructors: readers,
    properties: {
      BaseStream: { type: 'System.IO.Stream', get: (value) => reader(value).stream },
      CurrentEncoding: { type: 'System.Text.Encoding', get: (value) => reader(value).encoding },
      EndOfStream: { type: 'bool', get: (value) => reader(value).isAtEnd },
    },
    methods: {
      DiscardBufferedData: [
        {
          signature: 'void DiscardBufferedData()',
          invoke: (value) => {
            reader(value).discard();
            return undefined;
          },
        },
      ],
    },
  },
  {
    name: writerName,
    kind: 'class',
    base: 'System.IO.TextWriter',
    constructors: writers,
    properties: {
      AutoFlush: {
        type: 'bool',
        get: (value) => writer(value).autoFlush,
        set: (value, isOn) => {
          writer(value).autoFlush = bool(isOn);
        },
      },
      BaseStream: { type: 'System.IO.Stream', get: (value) => writer(value).stream },
    },
  },
];
