import { toNetText } from '../../conversion/text.ts';
import { formatString } from '../../operators/format.ts';
import type { Session } from '../../runtime/session.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import { HostInformationMessage, InformationRecord } from '../../values/stream-records.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable } from '../method-table.ts';
import type { CallContext, NetType, Overload, Property, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { Encoding, utf8WithoutPreamble } from '../text/encoding.ts';

/** Writes past every redirection, as a console does: to the information stream of the run, as `Write-Host` would. */
function write(content: string, isLine: boolean, context: CallContext): undefined {
  const session = sessionOf(context);
  const message = new HostInformationMessage(content, { noNewLine: !isLine });
  session.streams.information.write(new InformationRecord(message, 'Console', ['PSHOST'], context.clock.now()));
  return undefined;
}

function content(value: Value, context: CallContext): string {
  return value === null || value === undefined ? '' : toNetText(value, undefined, context);
}

const written = ['bool', 'char', 'decimal', 'double', 'float', 'int', 'uint', 'long', 'ulong', 'System.Object'];

/** `Write` and `WriteLine`: one value, text, characters, or a format with what it names. */
function writers(name: 'Write' | 'WriteLine'): readonly Overload[] {
  const isLine = name === 'WriteLine';
  const methods: Record<string, Overload['invoke']> = {
    [`void ${name}(string value)`]: (_self, [value], context) => write(text(value), isLine, context),
    [`void ${name}(char[] buffer)`]: (_self, [units], context) =>
      write(
        units instanceof NetArray ? units.items.map((unit) => content(unit, context)).join('') : '',
        isLine,
        context,
      ),
    [`void ${name}(string format, params System.Object[] arg)`]: (_self, [format, values], context) =>
      write(formatString(text(format), values instanceof NetArray ? values.items : [], context), isLine, context),
  };
  if (isLine) methods['void WriteLine()'] = (_self, _none, context) => write('', true, context);
  for (const type of written) {
    methods[`void ${name}(${type} value)`] = (_self, [value], context) =>
      write(content(value, context), isLine, context);
  }
  return methodTable(methods)[name] ?? [];
}

const methods = { Write: writers('Write'), WriteLine: writers('WriteLine') };

/** `Console.Out` and `Console.Error`. */
class ConsoleWriter extends Instance {
  get type(): NetType {
    return namedType(writerType);
  }
}

const writerType = 'System.IO.TextWriter+SyncTextWriter';
const writer: Property = { type: writerType, get: () => new ConsoleWriter() };

/** What scripts set for the programs that they would start; it is kept and has no effect. */
const encodings = new WeakMap<Session, Encoding>();

const encoding: Property = {
  type: 'System.Text.Encoding',
  get: (_self, context) => encodings.get(sessionOf(context)) ?? utf8WithoutPreamble,
  set: (_self, value, context) => {
    encodings.set(sessionOf(context), as(value, Encoding));
  },
};

/** What a console without a terminal says of itself. */
const answers = (type: string, value: Value): Property => ({ type, get: () => value });

export const consoleDescriptions: readonly TypeDescription[] = [
  {
    name: 'System.Console',
    kind: 'class',
    isAbstract: true,
    staticMethods: methods,
    staticProperties: {
      Error: writer,
      Out: writer,
      InputEncoding: encoding,
      OutputEncoding: encoding,
      IsErrorRedirected: answers('bool', true),
      IsInputRedirected: answers('bool', true),
      IsOutputRedirected: answers('bool', true),
    },
  },
  {
    name: writerType,
    kind: 'class',
    methods: { ...methods, ...methodTable({ 'void Flush()': () => undefined }) },
  },
];
