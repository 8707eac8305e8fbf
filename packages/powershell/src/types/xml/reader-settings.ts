import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, bool, long } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumOf } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType, Property, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { readXml } from './read-xml.ts';
import { enumNumber } from './writer-settings.ts';
import { XmlNode } from './xml-node.ts';
import { XmlReaderObject } from './xml-reader-object.ts';
import { readSource } from './xml-source.ts';

/** `XmlReaderSettings`. */
class ReaderSettings extends Instance {
  readonly flags = new Map<string, boolean>();
  /** Number of `DtdProcessing`: Prohibit, Ignore, Parse. */
  dtd = 0;
  conformance = 2;
  entityCharacters = 10_000_000n;
  get type(): NetType {
    return namedType('System.Xml.XmlReaderSettings');
  }
}

const settings = (value: Value): ReaderSettings => as(value, ReaderSettings);

function flag(name: string, standard = false): Property {
  return {
    type: 'bool',
    get: (value) => settings(value).flags.get(name) ?? standard,
    set: (value, on) => {
      settings(value).flags.set(name, bool(on));
    },
  };
}

export const readerSettingsDescription: TypeDescription = {
  name: 'System.Xml.XmlReaderSettings',
  kind: 'class',
  constructors: [{ signature: 'System.Xml.XmlReaderSettings new()', invoke: () => new ReaderSettings() }],
  properties: {
    CloseInput: flag('CloseInput'),
    ConformanceLevel: {
      type: 'System.Xml.ConformanceLevel',
      get: (value) => enumOf('System.Xml.ConformanceLevel', settings(value).conformance),
      set: (value, level) => {
        settings(value).conformance = enumNumber(level);
      },
    },
    DtdProcessing: {
      type: 'System.Xml.DtdProcessing',
      get: (value) => enumOf('System.Xml.DtdProcessing', settings(value).dtd),
      set: (value, processing) => {
        settings(value).dtd = enumNumber(processing);
      },
    },
    IgnoreComments: flag('IgnoreComments'),
    IgnoreProcessingInstructions: flag('IgnoreProcessingInstructions'),
    IgnoreWhitespace: flag('IgnoreWhitespace'),
    MaxCharactersFromEntities: {
      type: 'long',
      get: (value) => settings(value).entityCharacters,
      set: (value, count) => {
        settings(value).entityCharacters = long(count);
      },
    },
  },
};

function readTree(source: Value, given: ReaderSettings, context: CallContext): XmlNode {
  const { budget } = sessionOf(context);
  const markup = readSource(source, context);
  budget.reserve(markup.length * 2);
  const document = new XmlNode('document', '');
  document.preservesSpace = true;
  readXml(markup, document, {
    conformance: given.conformance === 2 ? 'document' : 'auto',
    space: given.flags.get('IgnoreWhitespace') !== true,
    keepsComments: given.flags.get('IgnoreComments') !== true,
    entityCharacters: given.dtd === 0 ? undefined : Number(given.entityCharacters) || Number.MAX_SAFE_INTEGER,
    budget,
  });
  if (given.flags.get('IgnoreProcessingInstructions') === true) {
    for (const node of [...document.descendants()]) if (node.kind === 'instruction') node.remove();
  }
  return document;
}

export function createReader(source: Value, given: Value, context: CallContext): XmlReaderObject {
  if (source === null || source === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'input' });
  }
  const chosen = given === null || given === undefined ? new ReaderSettings() : settings(given);
  return new XmlReaderObject(() => readTree(source, chosen, context));
}
