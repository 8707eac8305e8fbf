import { Instance } from '../../values/instance.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import type { XmlNode } from './xml-node.ts';

/** `SelectXmlInfo`: a node that `Select-Xml` found, and where. */
export class SelectedXml extends Instance {
  readonly node: XmlNode;
  /** The file, where it was one. */
  readonly path: string | undefined;
  readonly pattern: string;
  constructor(node: XmlNode, path: string | undefined, pattern: string) {
    super();
    this.node = node;
    this.path = path;
    this.pattern = pattern;
  }
  get type(): NetType {
    return namedType('Microsoft.PowerShell.Commands.SelectXmlInfo');
  }
}

const self = (value: Value): SelectedXml => as(value, SelectedXml);

function textOf({ node, path }: SelectedXml): string {
  const text = (node.kind === 'document' ? '' : node.textBelow).trim();
  return path === undefined ? text : `${text}:${path}`;
}

export const selectXmlInfoDescription: TypeDescription = {
  name: 'Microsoft.PowerShell.Commands.SelectXmlInfo',
  kind: 'class',
  properties: {
    Node: { type: 'System.Xml.XmlNode', get: (value) => self(value).node },
    Path: { type: 'string', get: (value) => self(value).path ?? 'InputStream' },
    Pattern: { type: 'string', get: (value) => self(value).pattern },
  },
  methods: { ToString: [{ signature: 'string ToString()', invoke: (value) => textOf(self(value)) }] },
  toText: (value) => textOf(self(value)),
};
