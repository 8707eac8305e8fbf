import { toNetText } from '../../conversion/text.ts';
import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, charCode, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';
import { StringBuilder } from '../text/string-builder.ts';

/** `System.IO.StringReader`. */
class StringReader extends Instance {
  readonly #text: string;
  #at = 0;
  #isOpen = true;

  constructor(value: string) {
    super();
    this.#text = value;
  }
  get type(): NetType {
    return namedType('System.IO.StringReader');
  }
  close(): void {
    this.#isOpen = false;
  }

  peek(): number {
    this.#check();
    return this.#at < this.#text.length ? this.#text.charCodeAt(this.#at) : -1;
  }
  read(): number {
    const unit = this.peek();
    if (unit !== -1) this.#at++;
    return unit;
  }
  /** A line ends with CR, LF or both; `undefined` behind the last one. */
  line(): string | undefined {
    this.#check();
    if (this.#at >= this.#text.length) return undefined;
    const end = /\r\n|\r|\n/g;
    end.lastIndex = this.#at;
    const found = end.exec(this.#text);
    const line = this.#text.slice(this.#at, found?.index ?? this.#text.length);
    this.#at = found === null ? this.#text.length : end.lastIndex;
    return line;
  }
  rest(): string {
    this.#check();
    const rest = this.#text.slice(this.#at);
    this.#at = this.#text.length;
    return rest;
  }

  #check(): void {
    if (this.#isOpen) return;
    throw netFailure('System.ObjectDisposedException', 'Cannot read from a closed TextReader.');
  }
}

const reader = (value: Value): StringReader => as(value, StringReader);

const close: Overload['invoke'] = (value) => {
  reader(value).close();
  return undefined;
};

const textReaderDescription: TypeDescription = {
  name: 'System.IO.TextReader',
  kind: 'class',
  isAbstract: true,
  interfaces: ['System.IDisposable'],
};

const stringReaderDescription: TypeDescription = {
  name: 'System.IO.StringReader',
  kind: 'class',
  base: 'System.IO.TextReader',
  constructors: [
    {
      signature: 'System.IO.StringReader new(string s)',
      invoke: (_self, [value]) => {
        if (value === null)
          throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 's' });
        return new StringReader(text(value));
      },
    },
  ],
  methods: {
    Close: [{ signature: 'void Close()', invoke: close }],
    Dispose: [{ signature: 'void Dispose()', invoke: close }],
    Peek: [{ signature: 'int Peek()', invoke: (value) => reader(value).peek() }],
    Read: [{ signature: 'int Read()', invoke: (value) => reader(value).read() }],
    ReadLine: [{ signature: 'string ReadLine()', invoke: (value) => reader(value).line() ?? null }],
    ReadToEnd: [{ signature: 'string ReadToEnd()', invoke: (value) => reader(value).rest() }],
  },
};

/** `System.IO.StringWriter`: writes into a StringBuilder. */
class StringWriter extends Instance {
  readonly builder: StringBuilder;
  newLine = '\n';
  constructor(builder: StringBuilder) {
    super();
    this.builder = builder;
  }
  get type(): NetType {
    return namedType('System.IO.StringWriter');
  }
}

const writer = (value: Value): StringWriter => as(value, StringWriter);

function textOf(value: Value, context: CallContext): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : toNetText(value, undefined, context);
}

const stringWriterDescription: TypeDescription = {
  name: 'System.IO.StringWriter',
  kind: 'class',
  base: 'System.IO.TextWriter',
  constructors: [
    { signature: 'System.IO.StringWriter new()', invoke: () => new StringWriter(new StringBuilder()) },
    {
      signature: 'System.IO.StringWriter new(System.IFormatProvider formatProvider)',
      invoke: () => new StringWriter(new StringBuilder()),
    },
    {
      signature: 'System.IO.StringWriter new(System.Text.StringBuilder sb)',
      invoke: (_self, [builder]) => new StringWriter(as(builder, StringBuilder)),
    },
  ],
  properties: {
    NewLine: {
      type: 'string',
      get: (value) => writer(value).newLine,
      set: (value, newLine) => {
        writer(value).newLine = text(newLine);
      },
    },
  },
  methods: {
    Close: [{ signature: 'void Close()', invoke: () => undefined }],
    Dispose: [{ signature: 'void Dispose()', invoke: () => undefined }],
    Flush: [{ signature: 'void Flush()', invoke: () => undefined }],
    GetStringBuilder: [
      { signature: 'System.Text.StringBuilder GetStringBuilder()', invoke: (value) => writer(value).builder },
    ],
    ToString: [{ signature: 'string ToString()', invoke: (value) => writer(value).builder.text }],
    Write: [
      {
        signature: 'void Write(char value)',
        invoke: (value, [char]) => {
          writer(value).builder.append(String.fromCharCode(charCode(char)));
          return undefined;
        },
      },
      {
        signature: 'void Write(System.Object value)',
        invoke: (value, [written], context) => {
          writer(value).builder.append(textOf(written, context));
          return undefined;
        },
      },
      {
        signature: 'void Write(string value)',
        invoke: (value, [written]) => {
          writer(value).builder.append(text(written));
          return undefined;
        },
      },
    ],
    WriteLine: [
      {
        signature: 'void WriteLine()',
        invoke: (value) => {
          writer(value).builder.append(writer(value).newLine);
          return undefined;
        },
      },
      {
        signature: 'void WriteLine(System.Object value)',
        invoke: (value, [written], context) => {
          writer(value).builder.append(textOf(written, context) + writer(value).newLine);
          return undefined;
        },
      },
      {
        signature: 'void WriteLine(string value)',
        invoke: (value, [written]) => {
          writer(value).builder.append(text(written) + writer(value).newLine);
          return undefined;
        },
      },
    ],
  },
  toText: (value) => writer(value).builder.text,
};

export const stringReaderDescriptions: readonly TypeDescription[] = [
  textReaderDescription,
  stringReaderDescription,
  {
    name: 'System.IO.TextWriter',
    kind: 'class',
    isAbstract: true,
    interfaces: ['System.IDisposable'],
  },
  stringWriterDescription,
];
