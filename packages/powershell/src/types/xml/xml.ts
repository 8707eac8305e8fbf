import { enumeration } from '../enumeration.ts';
import type { TypeDescription } from '../net-type.ts';
import { managerDescription } from './namespace-manager.ts';
import { derived } from './node-kinds.ts';
import { documentDescription } from './xml-document.ts';
import { elementDescription } from './xml-element.ts';
import { attributeMethods, listDescription } from './xml-lists.ts';
import { nodeDescription } from './xml-node-description.ts';

export const xmlDescriptions: readonly TypeDescription[] = [
  nodeDescription,
  documentDescription,
  elementDescription,
  derived('XmlAttribute'),
  derived('XmlCharacterData'),
  derived('XmlText'),
  derived('XmlCDataSection'),
  derived('XmlComment'),
  derived('XmlDeclaration'),
  derived('XmlProcessingInstruction'),
  derived('XmlSignificantWhitespace'),
  derived('XmlDocumentFragment'),
  listDescription('XmlNodeList'),
  listDescription('XmlAttributeCollection', attributeMethods),
  managerDescription,
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
