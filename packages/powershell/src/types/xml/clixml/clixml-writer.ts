import { baseOf, typeOf } from '../../../conversion/base.ts';
import { enumNumber } from '../../../conversion/enum-text.ts';
import { enumerable } from '../../../conversion/enumerate.ts';
import { toInvariantText } from '../../../conversion/text.ts';
import { ErrorRecord } from '../../../errors/error-record.ts';
import type { Session } from '../../../runtime/session.ts';
import { Dictionary } from '../../../values/dictionary.ts';
import { EnumValue } from '../../../values/enum.ts';
import { Instance } from '../../../values/instance.ts';
import { type ExtendedMember, PSCustomObject, PSObject } from '../../../values/ps-object.ts';
import { SwitchParameter } from '../../../values/switch-parameter.ts';
import type { Value } from '../../../values/value.ts';
import { isAssignable } from '../../assignable.ts';
import { OneEnded } from '../../collections/queue-and-stack.ts';
import { readExtended } from '../../extended-access.ts';
import { extendedMembersOf, extendedTypeNamesOf } from '../../extended-members.ts';
import { netTypes } from '../../intrinsic.ts';
import { getMember, readProperty } from '../../members.ts';
import { PSCredential } from '../../security/ps-credential.ts';
import { infoOf } from '../../type-info.ts';
import { typeNames } from '../../type-names.ts';
import type { XmlOutput } from '../xml-output.ts';
import { encodeClixml } from './clixml-text.ts';
import { knownText } from './clixml-values.ts';
import { deserializedOf } from './deserialized.ts';
import { errorNotes } from './error-notes.ts';

export const clixmlUri = 'http://schemas.microsoft.com/powershell/2004/04';
const version = '1.1.0.1';

/** Objects nested deeper are written as a sentence. */
const deepest = 50;
const tooDeep = 'Serialized XML is nested too deeply.';

/** Writes values as Clixml, version 1.1.0.1: what PowerShell's remoting and `Export-Clixml` write. */
export class ClixmlWriter {
  readonly #output: XmlOutput;
  readonly #session: Session;
  readonly #depth: number;
  readonly #objects = new Map<Instance, string>();
  readonly #types = new Map<string, string>();
  #level = 0;

  /** @param depth how many levels of properties are written; what is deeper becomes its text */
  constructor(output: XmlOutput, session: Session, depth: number) {
    this.#output = output;
    this.#session = session;
    this.#depth = depth;
  }

  begin(): void {
    this.#output.startElement('', 'Objs', clixmlUri);
    this.#output.attribute('', 'Version', '', version);
    this.#output.attribute('', 'xmlns', undefined, clixmlUri);
  }

  write(value: Value): void {
    this.#one(value, undefined, this.#depth);
  }

  end(): void {
    this.#output.endElement();
  }

  #start(tag: string, name?: string): void {
    this.#output.startElement('', tag, clixmlUri);
    if (name !== undefined) this.#output.attribute('', 'N', '', encodeClixml(name));
  }

  #text(tag: string, text: string, name?: string): void {
    this.#start(tag, name);
    this.#output.text(text);
    this.#output.endElement();
  }

  #one(value: Value, name: string | undefined, depth: number): void {
    this.#session.budget.step();
    const base = baseOf(value);
    if (base === null || base === undefined) {
      this.#start('Nil', name);
      this.#output.endElement();
      return;
    }
    this.#level++;
    try {
      if (this.#level === deepest) this.#text('S', tooDeep, name);
      else this.#object(value, base, name, levelsOf(base, depth));
    } finally {
      this.#level--;
    }
  }

  #object(value: Value, base: Exclude<Value, null | undefined>, name: string | undefined, depth: number): void {
    const known = knownText(base, this.#session);
    const holder = value instanceof PSObject ? value : base instanceof Instance ? base : undefined;
    if (known !== undefined && (holder === undefined || !this.#isAdorned(holder))) {
      this.#text(known.tag, known.text, name);
      return;
    }
    const identity = known === undefined && base instanceof Instance ? base : holder;
    if (identity === undefined) return;
    const reference = this.#objects.get(identity);
    if (reference !== undefined) {
      this.#start('Ref', name);
      this.#output.attribute('', 'RefId', '', reference);
      this.#output.endElement();
    } else if (known !== undefined) this.#adorned(identity, known, name, depth);
    else if (base instanceof Instance) this.#complex(value, base, name, depth);
  }

  /** Whether script code gave a value members or type names of its own. */
  #isAdorned(holder: Instance): boolean {
    return (extendedMembersOf(holder)?.size ?? 0) > 0 || extendedTypeNamesOf(holder) !== undefined;
  }

  /** Text, a number or its like with members. */
  #adorned(holder: Instance, known: { tag: string; text: string }, name: string | undefined, depth: number): void {
    this.#startObject(holder, holder, name, extendedTypeNamesOf(holder) !== undefined, deserializedOf(holder)?.text);
    this.#text(known.tag, known.text);
    this.#members(holder, extendedMembersOf(holder)?.values() ?? [], depth);
    this.#output.endElement();
  }

  #complex(value: Value, base: Instance, name: string | undefined, depth: number): void {
    const container = containerOf(base, this.#session);
    if (container !== undefined) {
      this.#startObject(base, value, name, true, undefined);
      this.#container(base, container, depth);
      const own = extendedMembersOf(value) ?? extendedMembersOf(base);
      if (container === 'IE' && depth > 0) this.#properties(base, depth - 1);
      if (depth > 0 && own !== undefined && own.size > 0) this.#members(base, own.values(), depth);
      this.#output.endElement();
    } else if (depth === 0) this.#asText(value, base, name);
    else this.#bag(value, base, name, depth);
  }

  /** What is too deep: its text alone. */
  #asText(value: Value, base: Instance, name: string | undefined): void {
    this.#text('S', encodeClixml(this.#textOf(value, base)), name);
  }

  #textOf(value: Value, base: Instance): string {
    const read = deserializedOf(base)?.text;
    if (read !== undefined) return read;
    return base instanceof PSCustomObject ? this.#session.text(value) : toInvariantText(base, undefined, this.#session);
  }

  #bag(value: Value, base: Instance, name: string | undefined, depth: number): void {
    const about = deserializedOf(base);
    const text = base instanceof PSCustomObject ? about?.text : this.#textOf(value, base);
    this.#startObject(base, value, name, true, text);
    const members = [...(extendedMembersOf(value) ?? extendedMembersOf(base) ?? new Map()).values()];
    if (base instanceof ErrorRecord) {
      this.#start('MS');
      for (const [note, held] of errorNotes(base, this.#session)) this.#one(held, note, depth - 1);
      this.#output.endElement();
    } else if (base instanceof EnumValue) this.#one(enumNumber(base), undefined, depth);
    else if (base instanceof PSCustomObject) {
      const isAdapted = ({ name: one }: ExtendedMember): boolean => about?.adapted.has(one.toLowerCase()) === true;
      this.#notes('Props', base, members.filter(isAdapted), depth - 1);
      this.#members(
        base,
        members.filter((member) => !isAdapted(member)),
        depth,
      );
    } else {
      this.#properties(base, depth - 1);
      this.#members(base, members, depth, true);
    }
    this.#output.endElement();
  }

  #startObject(
    identity: Instance,
    value: Value,
    name: string | undefined,
    hasTypes: boolean,
    text: string | undefined,
  ): void {
    const reference = this.#objects.size.toString();
    this.#objects.set(identity, reference);
    this.#start('Obj', name);
    this.#output.attribute('', 'RefId', '', reference);
    if (hasTypes) this.#typeNames(typeNames(value));
    if (text === undefined) return;
    this.#start('ToString');
    if (text !== '') this.#output.text(encodeClixml(text));
    this.#output.endElement();
  }

  #typeNames(names: readonly string[]): void {
    if (names.length === 0) return;
    const key = names.join('@@@').toLowerCase();
    const known = this.#types.get(key);
    this.#start(known === undefined ? 'TN' : 'TNRef');
    const reference = known ?? this.#types.size.toString();
    this.#output.attribute('', 'RefId', '', reference);
    if (known === undefined) {
      this.#types.set(key, reference);
      for (const name of names) this.#text('T', encodeClixml(name));
    }
    this.#output.endElement();
  }

  #container(base: Instance, tag: string, depth: number): void {
    this.#start(tag);
    if (base instanceof Dictionary) {
      for (const [key, held] of entriesOf(base)) {
        this.#start('En');
        this.#one(key, 'Key', depth);
        this.#one(held, 'Value', depth);
        this.#output.endElement();
      }
    } else for (const item of itemsOf(base, this.#session)) this.#one(item, undefined, depth);
    this.#output.endElement();
  }

  /** The properties of the .NET type. */
  #properties(base: Instance, depth: number): void {
    const { adapter } = base.type.description;
    const names = adapter?.names(base) ?? [];
    const members = [...infoOf(base.type).members.values()].filter(
      (member) =>
        member.kind === 'property' && member.property.isHidden !== true && member.property.addedAs === undefined,
    );
    if (names.length + members.length === 0) return;
    this.#start('Props');
    for (const name of names) this.#one(getMember(base, name, this.#session), name, depth);
    for (const member of members) {
      if (member.kind === 'property' && !names.includes(member.name)) {
        this.#one(readProperty(member, base, this.#session), member.name, depth);
      }
    }
    this.#output.endElement();
  }

  /** Members that script code added; with them those that PowerShell's own type data adds. */
  #members(base: Instance, members: Iterable<ExtendedMember>, depth: number, withTypeData = false): void {
    const added = withTypeData
      ? [...infoOf(base.type).members.values()].filter(
          (member) => member.kind === 'property' && member.property.addedAs !== undefined,
        )
      : [];
    const own = [...members].filter(isWritten);
    if (own.length + added.length === 0) return;
    this.#start('MS');
    for (const member of own) this.#member(base, member, depth);
    for (const member of added) {
      if (member.kind === 'property') this.#one(readProperty(member, base, this.#session), member.name, depth - 1);
    }
    this.#output.endElement();
  }

  #notes(tag: string, base: Instance, members: readonly ExtendedMember[], depth: number): void {
    if (members.length === 0) return;
    this.#start(tag);
    for (const member of members) this.#member(base, member, depth);
    this.#output.endElement();
  }

  #member(base: Instance, member: ExtendedMember, depth: number): void {
    if (member.kind !== 'memberSet') {
      this.#one(readExtended(member, base, this.#session), member.name, depth);
      return;
    }
    this.#start('MS', member.name);
    for (const one of member.members.filter(isWritten)) this.#member(base, one, depth);
    this.#output.endElement();
  }
}

function isWritten({ kind }: ExtendedMember): boolean {
  return kind === 'note' || kind === 'alias' || kind === 'scriptProperty' || kind === 'memberSet';
}

/** Some types are always written whole. */
function levelsOf(base: Value, depth: number): number {
  return base instanceof PSCredential || base instanceof SwitchParameter ? 1 : depth;
}

function containerOf(base: Instance, session: Session): string | undefined {
  if (base instanceof Dictionary) return 'DCT';
  if (base instanceof OneEnded) return base.type.name.includes('Stack') ? 'STK' : 'QUE';
  if (isAssignable(typeOf(base), netTypes.ilist)) return 'LST';
  return base instanceof PSCustomObject || enumerable(base, session) === undefined ? undefined : 'IE';
}

function itemsOf(base: Instance, session: Session): Iterable<Value> {
  if (base instanceof OneEnded) return base.items();
  return enumerable(base, session) ?? [];
}

function* entriesOf(dictionary: Dictionary): Generator<readonly [Value, Value], void> {
  for (const { key, value } of dictionary.items()) yield [key, value];
}
