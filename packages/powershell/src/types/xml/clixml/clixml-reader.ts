import { netFailure } from '../../../errors/raise.ts';
import type { Session } from '../../../runtime/session.ts';
import type { Dictionary } from '../../../values/dictionary.ts';
import { Instance } from '../../../values/instance.ts';
import { defaultComparer, ignoreCaseComparer } from '../../../values/key-comparer.ts';
import type { ExtendedMember } from '../../../values/ps-object.ts';
import { PSCustomObject, PSObject } from '../../../values/ps-object.ts';
import type { Value } from '../../../values/value.ts';
import { ArrayList } from '../../collections/array-list.ts';
import { Hashtable } from '../../collections/hashtable.ts';
import { OrderedDictionary } from '../../collections/ordered-dictionary.ts';
import { Queue, Stack } from '../../collections/queue-and-stack.ts';
import { addExtendedMember, setExtendedTypeNames } from '../../extended-members.ts';
import { readVersion } from '../../identity/version.ts';
import { namedType } from '../../intrinsic.ts';
import { failureAt } from '../xml-failure.ts';
import type { XmlNode } from '../xml-node.ts';
import { decodeClixml } from './clixml-text.ts';
import { knownReaders } from './clixml-values.ts';
import { clixmlUri } from './clixml-writer.ts';
import { rememberDeserialized } from './deserialized.ts';
import { rehydrated } from './rehydrate.ts';
import { exceptionIn } from './thrown-in.ts';

const deepest = 50;
const prefix = 'Deserialized.';
const containers = new Set(['DCT', 'LST', 'IE', 'QUE', 'STK']);

/** What stands in an `Obj` while it is read. */
interface Parts {
  typeNames: string[] | undefined;
  text: string | undefined;
  base: Value;
  readonly notes: ExtendedMember[];
  readonly adapted: ExtendedMember[];
}

/** Reads values from Clixml. Throws `NetFailure` (XmlException) with PowerShell's message and the place. */
export class ClixmlReader {
  readonly #session: Session;
  readonly #markup: string;
  readonly #objects = new Map<string, Value>();
  readonly #types = new Map<string, string[]>();
  #level = 0;

  /** @param markup the text that the document was read from: for places in messages */
  constructor(session: Session, markup: string) {
    this.#session = session;
    this.#markup = markup;
  }

  /** The values of a document, one after the other. */
  *values(document: XmlNode): Generator<Value, void> {
    const root = document.documentElement;
    if (root === undefined || root.localName !== 'Objs' || root.namespaceUri !== clixmlUri) {
      throw failureAt(this.#markup, root?.at ?? 0, `Element 'Objs' with namespace name '${clixmlUri}' was not found.`);
    }
    this.#checkVersion(root);
    for (const child of contentOf(root)) {
      if (child.kind !== 'element') {
        const kind = child.kind === 'cdata' ? 'CDATA' : 'Text';
        throw this.#wrong(child, `Current Node type is ${kind}. Expected type is Element.`);
      }
      yield this.#one(child);
    }
  }

  #checkVersion(root: XmlNode): void {
    const text = root.attribute('Version')?.value;
    if (text === undefined) return;
    let major: number;
    try {
      major = readVersion(text).part(0);
    } catch (error) {
      throw this.#wrong(root, 'Version of PSObject is not valid.', error);
    }
    if (major !== 1) {
      throw this.#wrong(root, `Version of incoming PSObject is ${major}. Expected value is 1.`);
    }
  }

  #wrong(node: XmlNode, message: string, inner?: unknown): Error {
    const failure = failureAt(this.#markup, node.at, message);
    const cause = inner === undefined ? undefined : exceptionIn(inner);
    if (cause === undefined) return failure;
    return netFailure('System.Xml.XmlException', failure.exception.message, { inner: cause });
  }

  #one(node: XmlNode): Value {
    this.#session.budget.step();
    this.#level++;
    if (this.#level === deepest) throw this.#wrong(node, 'Serialized XML is nested too deeply.');
    const value = this.#read(node);
    this.#level--;
    return value;
  }

  #read(node: XmlNode): Value {
    switch (node.localName) {
      case 'Nil':
        return null;
      case 'Ref': {
        const reference = this.#attribute(node, 'RefId');
        const known = this.#objects.get(reference);
        if (known === undefined) throw this.#wrong(node, `No object found for referenceId ${reference}`);
        return known;
      }
      case 'Obj':
        return this.#object(node);
      default:
        return this.#known(node);
    }
  }

  #known(node: XmlNode): Value {
    const read = knownReaders.get(node.localName);
    if (read === undefined) throw this.#wrong(node, `${node.localName} XML tag is not recognized.`);
    try {
      return read(node.textBelow, this.#session);
    } catch (error) {
      throw this.#wrong(node, `The contents of the ${typeOfTag(node.localName)} primitive type are not valid.`, error);
    }
  }

  #attribute(node: XmlNode, name: string): string {
    const found = node.attribute(name)?.value;
    if (found === undefined) throw this.#wrong(node, `${name} attribute was expected.`);
    return found;
  }

  #object(node: XmlNode): Value {
    const reference = node.attribute('RefId')?.value;
    const container = node.children.find((child) => containers.has(child.localName));
    const parts: Parts = { typeNames: undefined, text: undefined, base: undefined, notes: [], adapted: [] };
    for (const child of node.children) {
      if (child.localName === 'TN' || child.localName === 'TNRef') parts.typeNames = this.#typeNames(child);
    }
    // References from within lead to what is still being read.
    const early = container === undefined ? new PSCustomObject() : emptyContainer(container, parts.typeNames);
    if (reference !== undefined) this.#objects.set(reference, early);
    for (const child of contentOf(node)) this.#part(child, parts, early);
    const value = this.#finished(parts, early, container !== undefined);
    if (reference !== undefined) this.#objects.set(reference, value);
    return value;
  }

  #part(node: XmlNode, parts: Parts, early: Instance): void {
    switch (node.localName) {
      case 'TN':
      case 'TNRef':
        return;
      case 'Props':
        for (const child of contentOf(node)) parts.adapted.push(this.#note(child));
        return;
      case 'MS':
        for (const child of contentOf(node)) parts.notes.push(this.#note(child));
        return;
      case 'ToString':
        parts.text = decodeClixml(node.textBelow);
        return;
      case 'Obj':
        parts.base = this.#one(node);
        return;
      default:
        if (containers.has(node.localName)) this.#fill(node, early);
        else parts.base = this.#known(node);
    }
  }

  #note(node: XmlNode): ExtendedMember {
    const name = decodeClixml(this.#attribute(node, 'N'));
    if (node.localName !== 'MS') return { kind: 'note', name, value: this.#one(node) };
    return { kind: 'memberSet', name, members: contentOf(node).map((child) => this.#note(child)) };
  }

  #typeNames(node: XmlNode): string[] {
    const reference = node.attribute('RefId')?.value;
    if (node.localName === 'TNRef') {
      const known = this.#types.get(reference ?? this.#attribute(node, 'RefId'));
      if (known !== undefined) return [...known];
      throw this.#wrong(node, `Cannot process names because no TypeNames were found for referenceId ${reference}.`);
    }
    const names = contentOf(node).map((child) => {
      if (child.localName !== 'T') throw this.#wrong(child, `${child.localName} XML tag is not recognized.`);
      const name = decodeClixml(child.textBelow);
      return name.toLowerCase().startsWith(prefix.toLowerCase()) ? name : prefix + name;
    });
    if (reference !== undefined) this.#types.set(reference, names);
    return [...names];
  }

  #fill(node: XmlNode, made: Instance): void {
    if (made instanceof Hashtable || made instanceof OrderedDictionary) {
      for (const child of contentOf(node)) this.#entry(child, made);
      return;
    }
    const items = contentOf(node).map((child) => this.#one(child));
    if (made instanceof ArrayList) for (const item of items) made.add(item);
    else if (made instanceof Stack) for (const item of items.reverse()) made.put(item);
    else if (made instanceof Queue) for (const item of items) made.put(item);
  }

  #entry(node: XmlNode, dictionary: Dictionary): void {
    const [key, held] = contentOf(node);
    if (key === undefined) throw this.#wrong(node, 'Key for dictionary entry is not specified.');
    if (this.#attribute(key, 'N').toLowerCase() !== 'key') {
      throw this.#wrong(key, 'Name attribute for dictionary key is incorrectly specified.');
    }
    const name = this.#one(key);
    if (name === null) throw this.#wrong(held ?? node, 'Null is specified as dictionary key.');
    if (held === undefined) throw this.#wrong(node, 'Value for dictionary entry is not specified.');
    if (this.#attribute(held, 'N').toLowerCase() !== 'value') {
      throw this.#wrong(held, 'Name attribute for dictionary value is incorrectly specified.');
    }
    dictionary.set(name, this.#one(held));
  }

  #finished({ typeNames, text, base, notes, adapted }: Parts, early: Instance, isContainer: boolean): Value {
    const isBag = !isContainer && base === undefined;
    if (!isContainer && !isBag && notes.length === 0 && typeNames === undefined && text === undefined) return base;
    const holder = isContainer || isBag ? early : base instanceof Instance ? base : new PSObject(base);
    for (const member of [...notes, ...adapted]) addExtendedMember(holder, member);
    if (typeNames !== undefined) setExtendedTypeNames(holder, typeNames);
    if (text !== undefined || adapted.length > 0) {
      rememberDeserialized(holder, { text, adapted: new Set(adapted.map(({ name }) => name.toLowerCase())) });
    }
    const made = typeNames?.[0]?.slice(prefix.length);
    return made === undefined || !isBag ? holder : rehydrated(made, holder, text, this.#session);
  }
}

/** What stands in an element but for comments and white space. */
function contentOf(node: XmlNode): XmlNode[] {
  return node.children.filter(
    ({ kind, value }) => kind === 'element' || kind === 'cdata' || (kind === 'text' && value.trim() !== ''),
  );
}

function emptyContainer(node: XmlNode, typeNames: readonly string[] | undefined): Instance {
  switch (node.localName) {
    case 'DCT': {
      const comparer = hasTwins(node) ? defaultComparer : ignoreCaseComparer;
      return typeNames?.[0] === `${prefix}System.Collections.Specialized.OrderedDictionary`
        ? new OrderedDictionary(comparer)
        : new Hashtable(comparer);
    }
    case 'STK':
      return new Stack(namedType('System.Collections.Stack'));
    case 'QUE':
      return new Queue(namedType('System.Collections.Queue'));
    default:
      return new ArrayList([]);
  }
}

/** Whether keys differ by case alone: the dictionary then is one that sees case. */
function hasTwins(node: XmlNode): boolean {
  const seen = new Set<string>();
  for (const entry of node.children) {
    const key = entry.children.find((child) => child.kind === 'element');
    if (key?.localName !== 'S') continue;
    const folded = decodeClixml(key.textBelow).toLowerCase();
    if (seen.has(folded)) return true;
    seen.add(folded);
  }
  return false;
}

const tagTypes: Readonly<Record<string, string>> = {
  B: 'System.Boolean',
  By: 'System.Byte',
  SB: 'System.SByte',
  I16: 'System.Int16',
  U16: 'System.UInt16',
  I32: 'System.Int32',
  U32: 'System.UInt32',
  I64: 'System.Int64',
  U64: 'System.UInt64',
  D: 'System.Decimal',
  Db: 'System.Double',
  Sg: 'System.Single',
  C: 'System.Char',
  DT: 'System.DateTime',
  TS: 'System.TimeSpan',
  G: 'System.Guid',
  URI: 'System.Uri',
  Version: 'System.Version',
  BA: 'System.Byte[]',
  SS: 'System.Security.SecureString',
  XD: 'System.Xml.XmlDocument',
};

const typeOfTag = (tag: string): string => tagTypes[tag] ?? 'System.String';
