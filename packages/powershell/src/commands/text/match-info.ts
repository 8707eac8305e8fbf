import { posix } from 'node:path';
import { namedType, netTypes } from '../../types/intrinsic.ts';
import type { NetType, Property, TypeDescription } from '../../types/net-type.ts';
import type { Match } from '../../types/text/regex-objects.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, bool, text } from '../../values/narrow.ts';
import { UInt64 } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';

const space = 'Microsoft.PowerShell.Commands';
const stream = 'InputStream';

/** The lines around a match; the displayed ones are those that no other match shows. */
export class MatchContext extends Instance {
  before: readonly string[] = [];
  after: readonly string[] = [];
  shownBefore: readonly string[] = [];
  shownAfter: readonly string[] = [];
  get type(): NetType {
    return namedType(`${space}.MatchInfoContext`);
  }
}

/** What `Select-String` found in one line. */
export class MatchInfo extends Instance {
  line = '';
  pattern = '';
  ignoreCase = true;
  lineNumber = 0;
  /** Of the file; `undefined` for text from the pipeline. */
  path: string | undefined;
  context: MatchContext | undefined;
  matches: readonly Match[] = [];

  get type(): NetType {
    return namedType(`${space}.MatchInfo`);
  }

  /** The same match with a context that shows no lines: what filtering matches again gives. */
  withoutShownLines(): MatchInfo {
    const copy = new MatchInfo();
    Object.assign(copy, this);
    copy.context = new MatchContext();
    copy.context.before = this.context?.before ?? [];
    copy.context.after = this.context?.after ?? [];
    return copy;
  }

  /** The path below a folder, else whole. */
  relativePath(folder: string): string {
    const { path } = this;
    if (path === undefined) return stream;
    if (folder === '' || !path.toLowerCase().startsWith(folder.toLowerCase()) || folder.length >= path.length)
      return path;
    if (/[\\/]$/.test(folder)) return path.slice(folder.length);
    return /[\\/]/.test(path[folder.length] ?? '') ? path.slice(folder.length + 1) : path;
  }

  /** `path:number:line`, with the context's lines around it; the line alone where it came from the pipeline. */
  toText(folder?: string): string {
    const shown = folder === undefined ? (this.path ?? stream) : this.relativePath(folder);
    const line = (prefix: string, number: number, content: string): string =>
      this.path === undefined ? prefix + content : `${prefix}${shown}:${number}:${content}`;
    const { context, lineNumber } = this;
    if (context === undefined) return line('', lineNumber, this.line);
    const first = lineNumber - context.shownBefore.length;
    return [
      ...context.shownBefore.map((content, at) => line('  ', first + at, content)),
      line('> ', lineNumber, this.line),
      ...context.shownAfter.map((content, at) => line('  ', lineNumber + 1 + at, content)),
    ].join('\n');
  }
}

const info = (value: Value): MatchInfo => as(value, MatchInfo);
const context = (value: Value): MatchContext => as(value, MatchContext);

function texts(key: 'before' | 'after' | 'shownBefore' | 'shownAfter'): Property {
  return {
    type: 'string[]',
    get: (self) => new NetArray(netTypes.string, [...context(self)[key]]),
    set: (self, value) => {
      context(self)[key] = value instanceof NetArray ? value.items.map(text) : [];
    },
  };
}

export const matchInfoTypes: readonly TypeDescription[] = [
  {
    name: `${space}.MatchInfoContext`,
    kind: 'class',
    interfaces: ['System.ICloneable'],
    properties: {
      PreContext: texts('before'),
      PostContext: texts('after'),
      DisplayPreContext: texts('shownBefore'),
      DisplayPostContext: texts('shownAfter'),
    },
  },
  {
    name: `${space}.MatchInfo`,
    kind: 'class',
    constructors: [{ signature: 'new()', invoke: () => new MatchInfo() }],
    properties: {
      IgnoreCase: {
        type: 'bool',
        get: (self) => info(self).ignoreCase,
        set: (self, value) => {
          info(self).ignoreCase = bool(value);
        },
      },
      LineNumber: {
        type: 'ulong',
        get: (self) => new UInt64(BigInt(info(self).lineNumber)),
        set: (self, value) => {
          info(self).lineNumber = Number(as(value, UInt64).value);
        },
      },
      Line: {
        type: 'string',
        get: (self) => info(self).line,
        set: (self, value) => {
          info(self).line = text(value);
        },
      },
      Filename: {
        type: 'string',
        get: (self) => {
          const { path } = info(self);
          return path === undefined ? stream : posix.basename(path);
        },
      },
      Path: {
        type: 'string',
        get: (self) => info(self).path ?? stream,
        set: (self, value) => {
          info(self).path = text(value);
        },
      },
      Pattern: {
        type: 'string',
        get: (self) => info(self).pattern,
        set: (self, value) => {
          info(self).pattern = text(value);
        },
      },
      Context: { type: `${space}.MatchInfoContext`, get: (self) => info(self).context ?? null },
      Matches: {
        type: 'System.Text.RegularExpressions.Match[]',
        get: (self) => new NetArray(namedType('System.Text.RegularExpressions.Match'), [...info(self).matches]),
      },
    },
    methods: {
      RelativePath: [
        {
          signature: 'string RelativePath(string directory)',
          invoke: (self, [folder]) => info(self).relativePath(text(folder)),
        },
      ],
      ToString: [
        { signature: 'string ToString()', invoke: (self) => info(self).toText() },
        {
          signature: 'string ToString(string directory)',
          invoke: (self, [folder]) => info(self).toText(folder === null ? undefined : text(folder)),
        },
      ],
      ToEmphasizedString: [
        {
          signature: 'string ToEmphasizedString(string directory)',
          invoke: (self, [folder]) => info(self).toText(folder === null ? undefined : text(folder)),
        },
      ],
    },
    toText: (self) => info(self).toText(),
  },
];
