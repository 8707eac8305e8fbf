import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import { type XmlKind, XmlNode } from './xml-node.ts';

const kinds: Partial<Readonly<Record<XmlKind, string>>> = {
  document: 'XDocument',
  element: 'XElement',
  attribute: 'XAttribute',
  text: 'XText',
  cdata: 'XCData',
  comment: 'XComment',
  doctype: 'XDocumentType',
  instruction: 'XProcessingInstruction',
  whitespace: 'XText',
  significantWhitespace: 'XText',
};

/** A node of LINQ to XML: the same tree under other types. */
export class LinqNode extends XmlNode {
  override get type(): NetType {
    return namedType(`System.Xml.Linq.${kinds[this.kind] ?? 'XNode'}`);
  }

  /** An element that loses its last node is written as empty again. */
  override remove(): void {
    const { parent } = this;
    super.remove();
    if (parent !== undefined && this.kind !== 'attribute' && parent.children.length === 0) parent.isEmptyTag = true;
  }

  protected override create(kind: XmlKind, name: string, value: string, namespaceUri: string): XmlNode {
    return new LinqNode(kind, name, value, namespaceUri);
  }
}

/** `XName`: one object for each name, so that equal names are the same. */
export class LinqName extends Instance {
  readonly localName: string;
  readonly uri: string;
  constructor(localName: string, uri: string) {
    super();
    this.localName = localName;
    this.uri = uri;
  }
  get type(): NetType {
    return namedType('System.Xml.Linq.XName');
  }
  get text(): string {
    return this.uri === '' ? this.localName : `{${this.uri}}${this.localName}`;
  }
}

/** `XNamespace` */
export class LinqNamespace extends Instance {
  readonly uri: string;
  constructor(uri: string) {
    super();
    this.uri = uri;
  }
  get type(): NetType {
    return namedType('System.Xml.Linq.XNamespace');
  }
}

/** What `Elements()` and its like answer: walked anew each time. */
export class LinqNodes extends Instance {
  readonly nodes: () => readonly XmlNode[];
  constructor(nodes: () => readonly XmlNode[]) {
    super();
    this.nodes = nodes;
  }
  get type(): NetType {
    return namedType('System.Xml.Linq.XNodeSequence');
  }
}

/** Reads `{uri}local`. */
export function readLinqName(text: string): LinqName {
  const found = /^\{([^}]+)\}(.+)$/s.exec(text);
  return found === null ? new LinqName(text, '') : new LinqName(found[2] ?? '', found[1] ?? '');
}
