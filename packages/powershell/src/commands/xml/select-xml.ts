import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import { namedType } from '../../types/intrinsic.ts';
import { decodeXml } from '../../types/xml/decode-xml.ts';
import { documentReading, readXml } from '../../types/xml/read-xml.ts';
import { SelectedXml } from '../../types/xml/select-xml-info.ts';
import { castEntityCharacters } from '../../types/xml/xml-document.ts';
import { XmlNode } from '../../types/xml/xml-node.ts';
import { type Prefixes, selectNodes } from '../../types/xml/xpath.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { cmdletError, exceptionOf } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { resolveItems } from '../items/resolve-items.ts';
import { itemsOf, textsOf } from '../items-of.ts';

const file = (name: string, more: Partial<CmdletParameter>): CmdletParameter => ({
  name,
  type: 'string[]',
  mandatory: true,
  fromPipelineByPropertyName: true,
  validate: { notNullOrEmpty: true },
  ...more,
});

export const selectXml: CmdletDescription = {
  name: 'Select-Xml',
  typeName: 'Microsoft.PowerShell.Commands.SelectXmlCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'Xml',
  parameters: [
    file('Path', { sets: ['Path'], position: 1 }),
    file('LiteralPath', { sets: ['LiteralPath'], aliases: ['PSPath', 'LP'] }),
    {
      name: 'Xml',
      type: 'System.Xml.XmlNode[]',
      aliases: ['Node'],
      sets: ['Xml'],
      mandatory: true,
      position: 1,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      validate: { notNullOrEmpty: true },
    },
    {
      name: 'Content',
      type: 'string[]',
      sets: ['Content'],
      mandatory: true,
      fromPipeline: true,
      validate: { notNullOrEmpty: true },
    },
    { name: 'XPath', type: 'string', mandatory: true, position: 0, validate: { notNullOrEmpty: true } },
    { name: 'Namespace', type: 'hashtable', validate: { notNullOrEmpty: true } },
  ],
  start: (call) => ({
    process() {
      if (call.has('Xml')) {
        for (const node of itemsOf(call.get('Xml'))) if (node instanceof XmlNode) select(call, node, undefined);
      } else if (call.has('Content')) {
        for (const markup of textsOf(call.get('Content'))) {
          const document = fromContent(call, markup);
          if (document !== undefined) select(call, document, undefined);
        }
      } else selectInFiles(call);
    },
  }),
};

function selectInFiles(call: CmdletCall): void {
  const isLiteral = call.has('LiteralPath');
  for (const path of textsOf(call.get(isLiteral ? 'LiteralPath' : 'Path'))) {
    for (const item of resolveItems(call, path, isLiteral)) {
      if (item.kind !== 'file') continue;
      const document = fromFile(call, item.path);
      if (document !== undefined) select(call, document, item.path);
    }
  }
}

function select(call: CmdletCall, node: XmlNode, path: string | undefined): void {
  const [pattern = ''] = textsOf(call.get('XPath'));
  const found = selectNodes(node, pattern, prefixesOf(call), call.session.budget);
  for (const one of found) call.write(new SelectedXml(one, path, pattern));
}

function prefixesOf(call: CmdletCall): Prefixes {
  const given = call.get('Namespace');
  if (!(given instanceof Dictionary)) return undefined;
  return (prefix) => {
    for (const { key, value } of given.items()) {
      if (call.session.text(key) === prefix) return call.session.text(value);
    }
    return prefix === '' ? '' : undefined;
  };
}

/** As `[xml]` reads it; what is no XML is an error of that text alone. */
function fromContent(call: CmdletCall, markup: string): XmlNode | undefined {
  try {
    const document = call.session.convert(markup, namedType('System.Xml.XmlDocument'));
    return document instanceof XmlNode ? document : undefined;
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    call.writeError(
      cmdletError('InvalidCastToXmlDocument', error.record.exception.message, {
        type: 'System.Management.Automation.ParentContainsErrorRecordException',
        category: 'InvalidArgument',
      }),
    );
    return undefined;
  }
}

/** Files keep their white space. */
function fromFile(call: CmdletCall, path: string): XmlNode | undefined {
  const { budget, world } = call.session;
  const document = new XmlNode('document', '');
  document.preservesSpace = true;
  try {
    const markup = decodeXml(world.files.readBytes(path));
    budget.reserve(markup.length * 2);
    readXml(markup, document, {
      ...documentReading(true, budget),
      conformance: 'auto',
      entityCharacters: castEntityCharacters,
    });
    return document;
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    const exception = exceptionOf(error);
    const message = `The file '${path}' cannot be read: ${exception.message}`;
    const isXml =
      exception.type.name.startsWith('System.Xml.') || exception.type.name === 'System.InvalidOperationException';
    call.writeError(
      isXml
        ? cmdletError('ProcessingFile', message, {
            type: 'System.ArgumentException',
            category: 'InvalidArgument',
            target: path,
            inner: exception,
          })
        : new ErrorRecord(exception, 'ProcessingFile', 'OpenError', path),
    );
    return undefined;
  }
}
