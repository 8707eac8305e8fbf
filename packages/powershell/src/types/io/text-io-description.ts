import { toNetText } from '../../conversion/text.ts';
import { formatString } from '../../operators/format.ts';
import { NetArray } from '../../values/array.ts';
import { as, charCode, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';
import { charsOf, putChars } from '../text/char-array.ts';
import { type Encoding, utf8WithoutPreamble } from '../text/encoding.ts';
import { charRange } from './byte-range.ts';
import { TextReader } from './text-reader.ts';
import { TextWriter } from './text-writer.ts';

const reader = (value: Value): TextReader => as(value, TextReader);
const writer = (value: Value): TextWriter => as(value, TextWriter);

class NullReader extends TextReader {
  get type(): NetType {
    return namedType('System.IO.TextReader+NullTextReader');
  }
  peek(): number {
    return -1;
  }
  take(): string {
    return '';
  }
  line(): undefined {
    return undefined;
  }
  rest(): string {
    return '';
  }
  close(): void {}
}

class NullWriter extends TextWriter {
  readonly encoding: Encoding = utf8WithoutPreamble;
  get type(): NetType {
    return namedType('System.IO.TextWriter+NullTextWriter');
  }
  write(): void {}
  flush(): void {}
  close(): void {}
}

const nullReader = new NullReader();
const nullWriter = new NullWriter();

const closeReader: Overload['invoke'] = (value) => {
  reader(value).close();
  return undefined;
};

/** `Read` and `ReadBlock` into an array. */
function readInto(method: 'Read' | 'ReadBlock'): Overload {
  return {
    signature: `int ${method}(char[] buffer, int index, int count)`,
    invoke: (value, [buffer, index, count]) => {
      const range = charRange(buffer, index, count);
      let filled = 0;
      while (filled < range.count) {
        const taken = reader(value).take(range.count - filled);
        if (taken === '') break;
        putChars(range.buffer, range.offset + filled, taken);
        filled += taken.length;
      }
      return filled;
    },
  };
}

const textReaderDescription: TypeDescription = {
  name: 'System.IO.TextReader',
  kind: 'class',
  isAbstract: true,
  interfaces: ['System.IDisposable'],
  staticProperties: { Null: { type: 'System.IO.TextReader', get: () => nullReader } },
  methods: {
    Close: [{ signature: 'void Close()', invoke: closeReader }],
    Dispose: [{ signature: 'void Dispose()', invoke: closeReader }],
    Peek: [{ signature: 'int Peek()', invoke: (value) => reader(value).peek() }],
    Read: [{ signature: 'int Read()', invoke: (value) => reader(value).read() }, readInto('Read')],
    ReadBlock: [readInto('ReadBlock')],
    ReadLine: [{ signature: 'string ReadLine()', invoke: (value) => reader(value).line() ?? null }],
    ReadToEnd: [{ signature: 'string ReadToEnd()', invoke: (value) => reader(value).rest() }],
  },
};

const closeWriter: Overload['invoke'] = (value) => {
  writer(value).close();
  return undefined;
};

type Written = (args: readonly Value[], context: CallContext) => string;

function netText([value]: readonly Value[], context: CallContext): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : toNetText(value, undefined, context);
}

function formatted([format, ...values]: readonly Value[], context: CallContext): string {
  return formatString(text(format), values, context);
}

/** What `Write` and `WriteLine` take, in the order of .NET. */
const written: readonly (readonly [parameters: string, make: Written])[] = [
  ['char value', ([char]) => String.fromCharCode(charCode(char))],
  ['char[] buffer', ([buffer]) => (buffer === null || buffer === undefined ? '' : charsOf(buffer, 'buffer'))],
  [
    'char[] buffer, int index, int count',
    ([buffer, index, count]) => {
      const { offset, count: length } = charRange(buffer, index, count);
      return charsOf(buffer, 'buffer').slice(offset, offset + length);
    },
  ],
  ...['bool', 'int', 'uint', 'long', 'ulong', 'float', 'double', 'decimal', 'string', 'System.Object'].map(
    (type) => [`${type} value`, netText] as const,
  ),
  ['System.Text.StringBuilder value', netText],
  ['string format, System.Object arg0', formatted],
  ['string format, System.Object arg0, System.Object arg1', formatted],
  ['string format, System.Object arg0, System.Object arg1, System.Object arg2', formatted],
  [
    'string format, params System.Object[] arg',
    ([format, values], context) => formatted([format, ...as(values, NetArray).items], context),
  ],
];

function writing(method: 'Write' | 'WriteLine'): readonly Overload[] {
  const all: Overload[] = written.map(([parameters, make]) => ({
    signature: `void ${method}(${parameters})`,
    invoke: (value, args, context) => {
      const target = writer(value);
      const made = make(args, context);
      target.write(method === 'Write' ? made : made + target.newLine);
      return undefined;
    },
  }));
  if (method === 'Write') return all;
  const empty: Overload = {
    signature: 'void WriteLine()',
    invoke: (value) => {
      writer(value).write(writer(value).newLine);
      return undefined;
    },
  };
  return [empty, ...all];
}

const textWriterDescription: TypeDescription = {
  name: 'System.IO.TextWriter',
  kind: 'class',
  isAbstract: true,
  interfaces: ['System.IDisposable'],
  staticProperties: { Null: { type: 'System.IO.TextWriter', get: () => nullWriter } },
  properties: {
    Encoding: { type: 'System.Text.Encoding', get: (value) => writer(value).encoding },
    NewLine: {
      type: 'string',
      get: (value) => writer(value).newLine,
      set: (value, newLine) => {
        writer(value).newLine = newLine === null ? '\n' : text(newLine);
      },
    },
  },
  methods: {
    Close: [{ signature: 'void Close()', invoke: closeWriter }],
    Dispose: [{ signature: 'void Dispose()', invoke: closeWriter }],
    Flush: [
      {
        signature: 'void Flush()',
        invoke: (value) => {
          writer(value).flush();
          return undefined;
        },
      },
    ],
    Write: writing('Write'),
    WriteLine: writing('WriteLine'),
  },
};

export const textIoDescriptions: readonly TypeDescription[] = [
  textReaderDescription,
  { name: 'System.IO.TextReader+NullTextReader', kind: 'class', base: 'System.IO.TextReader' },
  textWriterDescription,
  { name: 'System.IO.TextWriter+NullTextWriter', kind: 'class', base: 'System.IO.TextWriter' },
];
