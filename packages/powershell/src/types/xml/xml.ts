import { enumeration } from '../enumeration.ts';
import type { TypeDescription } from '../net-type.ts';
import { serializerDescription } from './clixml/ps-serializer.ts';
import { linqDescriptions } from './linq.ts';
import { namespaceDescriptions } from './namespace-manager.ts';
import { nodeKinds } from './node-kinds.ts';
import { readerSettingsDescription } from './reader-settings.ts';
import { securityElementDescription } from './security-element.ts';
import { selectXmlInfoDescription } from './select-xml-info.ts';
import { writerSettingsDescription } from './writer-settings.ts';
import { convertDescriptions } from './xml-convert.ts';
import { documentDescription } from './xml-document.ts';
import { elementDescription } from './xml-element.ts';
import { listDescriptions } from './xml-lists.ts';
import { navigatorDescriptions } from './xml-navigator.ts';
import { nodeDescription } from './xml-node-description.ts';
import { readerDescriptions } from './xml-reader.ts';
import { textWriterDescription } from './xml-text-writer.ts';
import { writerDescriptions } from './xml-writer.ts';

export const xmlDescriptions: readonly TypeDescription[] = [
  nodeDescription,
  ...nodeKinds,
  documentDescription,
  elementDescription,
  ...listDescriptions,
  ...namespaceDescriptions,
  ...navigatorDescriptions,
  ...readerDescriptions,
  readerSettingsDescription,
  ...writerDescriptions,
  writerSettingsDescription,
  textWriterDescription,
  ...convertDescriptions,
  ...linqDescriptions,
  securityElementDescription,
  serializerDescription,
  selectXmlInfoDescription,
  enumeration('System.Xml.XmlNodeType', [
    'None',
    'Element',
    'Attribute',
    'Text',
    'CDATA',
    'EntityReference',
    'Entity',
    'ProcessingInstruction',
    'Comment',
    'Document',
    'DocumentType',
    'DocumentFragment',
    'Notation',
    'Whitespace',
    'SignificantWhitespace',
    'EndElement',
    'EndEntity',
    'XmlDeclaration',
  ]),
];
