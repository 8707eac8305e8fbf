import { EnumValue } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { as, bool, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumOf } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType, Property, TypeDescription } from '../net-type.ts';
import { Encoding, utf8Encoding } from '../text/encoding.ts';
import { targetOf } from './xml-targets.ts';
import { XmlWriterObject, type XmlWriting } from './xml-writer-object.ts';

/** `XmlWriterSettings`. */
export class WriterSettings extends Instance {
  indent = false;
  indentChars = '  ';
  newLine = '\n';
  newLineOnAttributes = false;
  omitsDeclaration = false;
  encoding: Encoding = utf8Encoding;
  /** Number of `ConformanceLevel`: Auto, Fragment, Document. */
  conformance = 2;
  closesOutput = false;
  get type(): NetType {
    return namedType('System.Xml.XmlWriterSettings');
  }
}

const settings = (value: Value): WriterSettings => as(value, WriterSettings);

function property<T extends Value>(
  type: string,
  get: (settings: WriterSettings) => T,
  set?: (settings: WriterSettings, value: Value) => void,
): Property {
  return {
    type,
    get: (value) => get(settings(value)),
    ...(set === undefined ? {} : { set: (value, given) => set(settings(value), given) }),
  };
}

export const enumNumber = (value: Value): number => (value instanceof EnumValue ? Number(value.value) : int(value));

export const writerSettingsDescription: TypeDescription = {
  name: 'System.Xml.XmlWriterSettings',
  kind: 'class',
  constructors: [{ signature: 'System.Xml.XmlWriterSettings new()', invoke: () => new WriterSettings() }],
  properties: {
    CheckCharacters: property('bool', () => true),
    CloseOutput: property(
      'bool',
      (self) => self.closesOutput,
      (self, on) => {
        self.closesOutput = bool(on);
      },
    ),
    ConformanceLevel: property(
      'System.Xml.ConformanceLevel',
      (self) => enumOf('System.Xml.ConformanceLevel', self.conformance),
      (self, level) => {
        self.conformance = enumNumber(level);
      },
    ),
    Encoding: property(
      'System.Text.Encoding',
      (self) => self.encoding,
      (self, encoding) => {
        self.encoding = as(encoding, Encoding);
      },
    ),
    Indent: property(
      'bool',
      (self) => self.indent,
      (self, on) => {
        self.indent = bool(on);
      },
    ),
    IndentChars: property(
      'string',
      (self) => self.indentChars,
      (self, signs) => {
        self.indentChars = text(signs);
      },
    ),
    NewLineChars: property(
      'string',
      (self) => self.newLine,
      (self, signs) => {
        self.newLine = text(signs);
      },
    ),
    NewLineOnAttributes: property(
      'bool',
      (self) => self.newLineOnAttributes,
      (self, on) => {
        self.newLineOnAttributes = bool(on);
      },
    ),
    OmitXmlDeclaration: property(
      'bool',
      (self) => self.omitsDeclaration,
      (self, on) => {
        self.omitsDeclaration = bool(on);
      },
    ),
  },
};

const conformances = ['auto', 'fragment', 'document'] as const;

function writingOf(given: WriterSettings): XmlWriting {
  const conformance = conformances[given.conformance] ?? 'document';
  return {
    layout: {
      indent: given.indent ? given.indentChars : undefined,
      newLine: given.newLine,
      newLineOnAttributes: given.newLineOnAttributes,
      style: 'settings',
    },
    declares: !given.omitsDeclaration && conformance === 'document',
    conformance,
    closesTarget: given.closesOutput,
    typeName: 'XmlWellFormedWriter',
  };
}

export function createWriter(output: Value, given: Value, context: CallContext): XmlWriterObject {
  const chosen = given === null || given === undefined ? new WriterSettings() : settings(given);
  return new XmlWriterObject(targetOf(output, chosen.encoding, context), writingOf(chosen));
}
