import { baseOf, typeOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { toNetText } from '../../conversion/text.ts';
import { netFailure } from '../../errors/raise.ts';
import type { Session } from '../../runtime/session.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { fullName } from '../../types/type-display.ts';
import { readXml } from '../../types/xml/read-xml.ts';
import { XmlNode } from '../../types/xml/xml-node.ts';
import { XmlOutput } from '../../types/xml/xml-output.ts';
import { NetArray } from '../../values/array.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { EnumValue } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { Char, Decimal, Double, Single, SmallInteger, UInt64 } from '../../values/numbers.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import { anyInput, propertiesOfEngine } from '../any-input.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { propertyNames, propertyValue } from '../objects/member-match.ts';

const declaration = '<?xml version="1.0" encoding="utf-8"?>';
const indented = { indent: '  ', newLine: '\n', style: 'settings' } as const;
const plain = { indent: undefined, newLine: '\n', style: 'settings' } as const;

export const convertToXml: CmdletDescription = {
  name: 'ConvertTo-Xml',
  typeName: 'Microsoft.PowerShell.Commands.ConvertToXmlCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    { name: 'Depth', type: 'int', validate: { range: [1, 2 ** 31 - 1] } },
    anyInput,
    { name: 'NoTypeInformation', type: 'switch' },
    { name: 'As', type: 'string', validate: { set: ['Stream', 'String', 'Document'], notNullOrEmpty: true } },
  ],
  coverage: propertiesOfEngine,
  start: (call) => {
    const as = call.has('As') ? call.session.text(call.get('As')).toLowerCase() : 'document';
    if (as === 'stream') {
      return {
        begin() {
          call.write(declaration);
          call.write('<Objects>');
        },
        process: () => call.write(written(call, indented, (writer) => writer.object(input(call)))),
        end: () => call.write('</Objects>'),
      };
    }
    const inputs: Value[] = [];
    return {
      process() {
        inputs.push(input(call));
      },
      end() {
        const text = written(call, as === 'string' ? indented : plain, (writer) => writer.objects(inputs));
        call.write(as === 'string' ? `${declaration}\n${text}` : documentOf(call, declaration + text));
      },
    };
  },
};

const input = (call: CmdletCall): Value => call.get('InputObject') ?? null;

function written(
  call: CmdletCall,
  layout: typeof indented | typeof plain,
  write: (writer: ObjectWriter) => void,
): string {
  let text = '';
  const output = new XmlOutput(layout, (piece) => {
    text += piece;
    call.session.budget.reserve(text.length * 2);
  });
  const depth = call.get('Depth');
  write(new ObjectWriter(output, call.session, typeof depth === 'number' ? depth : 1, !call.isOn('NoTypeInformation')));
  return text;
}

function documentOf(call: CmdletCall, markup: string): XmlNode {
  const document = new XmlNode('document', '');
  readXml(markup, document, {
    conformance: 'document',
    space: false,
    entityCharacters: undefined,
    budget: call.session.budget,
  });
  return document;
}

/** Writes objects as `ConvertTo-Xml` does: a `Property` for each of theirs. */
class ObjectWriter {
  readonly #output: XmlOutput;
  readonly #session: Session;
  readonly #depth: number;
  readonly #hasTypes: boolean;

  constructor(output: XmlOutput, session: Session, depth: number, hasTypes: boolean) {
    this.#output = output;
    this.#session = session;
    this.#depth = depth;
    this.#hasTypes = hasTypes;
  }

  objects(values: readonly Value[]): void {
    this.#output.startElement('', 'Objects', undefined);
    for (const value of values) this.object(value);
    this.#output.endElement();
  }

  object(value: Value): void {
    this.#one('Object', undefined, value, this.#depth);
  }

  #start(tag: string, name: string | undefined, type: string | undefined): void {
    this.#output.startElement('', tag, undefined);
    if (name !== undefined) this.#output.attribute('', 'Name', undefined, name);
    if (this.#hasTypes && type !== undefined) this.#output.attribute('', 'Type', undefined, type);
  }

  #text(text: string): void {
    this.#output.text(checked(text));
  }

  #one(tag: string, name: string | undefined, value: Value, depth: number): void {
    this.#session.budget.step();
    const base = baseOf(value);
    if (base === null || base === undefined) {
      this.#start(tag, name, tag === 'Object' ? undefined : 'System.Object');
      this.#output.endElement();
      return;
    }
    this.#start(tag, name, fullName(typeOf(base)));
    if (!(base instanceof Instance) || isPlain(base)) this.#text(toNetText(base, undefined, this.#session));
    else if (base instanceof Dictionary) this.#dictionary(base, depth);
    else this.#complex(value, base, depth);
    this.#output.endElement();
  }

  #dictionary(dictionary: Dictionary, depth: number): void {
    for (const { key, value } of dictionary.items()) {
      this.#one('Property', 'Key', key, depth);
      this.#one('Property', 'Value', value, depth);
    }
  }

  #complex(value: Value, base: Instance, depth: number): void {
    const items = base instanceof PSCustomObject ? undefined : enumerable(base, this.#session);
    if (items !== undefined) {
      for (const item of items) this.#one('Property', undefined, item, depth);
    } else if (depth === 0) this.#shallow(value, base);
    else {
      for (const name of propertyNames(value, this.#session)) {
        this.#one('Property', name, propertyValue(value, name, this.#session), depth - 1);
      }
    }
  }

  /** What is too deep: its text, and the texts of what script code added to it. */
  #shallow(value: Value, base: Instance): void {
    const text = base instanceof PSCustomObject ? this.#session.text(value) : toNetText(base, undefined, this.#session);
    if (!(base instanceof PSCustomObject)) {
      this.#text(text);
      return;
    }
    this.#start('Property', undefined, 'System.String');
    this.#text(text);
    this.#output.endElement();
    for (const name of propertyNames(value, this.#session)) {
      this.#start('Property', name, 'System.Management.Automation.PSNoteProperty');
      this.#text(this.#session.text(propertyValue(value, name, this.#session)));
      this.#output.endElement();
    }
  }
}

const plainTypes: ReadonlySet<unknown> = new Set([
  netTypes.guid,
  netTypes.version,
  netTypes.dateTime,
  netTypes.timeSpan,
  netTypes.scriptBlock,
]);

function isPlain(base: Instance): boolean {
  return (
    base instanceof EnumValue ||
    [Char, Decimal, Double, Single, SmallInteger, UInt64].some((kind) => base instanceof kind) ||
    plainTypes.has(base.type) ||
    base.type.name === 'System.Uri' ||
    base.type.name === 'System.Security.SecureString' ||
    (base instanceof XmlNode && base.kind === 'document') ||
    (base instanceof NetArray && base.element === netTypes.byte)
  );
}

/** Characters that no XML may hold end it, as in PowerShell. */
function checked(text: string): string {
  const wrong = /[\p{Cc}--[\t\n\r\u007f-\u009f]]/v.exec(text)?.[0];
  if (wrong === undefined) return text;
  const code = wrong.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
  throw netFailure('System.ArgumentException', `'${wrong}', hexadecimal value 0x${code}, is an invalid character.`);
}
