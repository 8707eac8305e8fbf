import { baseOf, typeOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { toInvariantText } from '../../conversion/text.ts';
import type { Session } from '../../runtime/session.ts';
import { extendedMembersOf } from '../../types/extended-members.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { netName } from '../../types/type-display.ts';
import { objectArray } from '../../values/array.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { EnumValue } from '../../values/enum.ts';
import { BigInteger, Char, Decimal, Double, Single, SmallInteger, UInt64 } from '../../values/numbers.ts';
import { type ExtendedMembers, PSCustomObject } from '../../values/ps-object.ts';
import { SwitchParameter } from '../../values/switch-parameter.ts';
import type { Value } from '../../values/value.ts';
import { anyInput, propertiesOfEngine } from '../any-input.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { memberListings } from '../objects/member-list.ts';
import { isProperty, propertyValue } from '../objects/member-match.ts';
import { escapeHandling } from './data-enums.ts';

export const convertToJson: CmdletDescription = {
  name: 'ConvertTo-Json',
  typeName: 'Microsoft.PowerShell.Commands.ConvertToJsonCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    anyInput,
    { name: 'Depth', type: 'int', validate: { range: [0, 100] } },
    { name: 'Compress', type: 'switch' },
    { name: 'EnumsAsStrings', type: 'switch' },
    { name: 'AsArray', type: 'switch' },
    { name: 'EscapeHandling', type: escapeHandling },
  ],
  coverage: propertiesOfEngine,
  start: (call) => {
    const inputs: Value[] = [];
    return {
      process() {
        inputs.push(call.get('InputObject') ?? null);
      },
      end() {
        if (inputs.length === 0) return;
        const isList = inputs.length > 1 || call.isOn('AsArray');
        const writer = new JsonWriter(call);
        call.write(writer.text(isList ? objectArray(inputs) : (inputs[0] ?? null), isList ? -1 : 0, ''));
      },
    };
  },
};

/** Writes values as JSON, each at once: nothing is kept of a value but its text. */
class JsonWriter {
  readonly #call: CmdletCall;
  readonly #session: Session;
  readonly #depth: number;
  readonly #isCompressed: boolean;
  readonly #quote: (text: string) => string;
  #hasWarned = false;

  constructor(call: CmdletCall) {
    this.#call = call;
    this.#session = call.session;
    const depth = call.get('Depth');
    this.#depth = typeof depth === 'number' ? depth : 2;
    this.#isCompressed = call.isOn('Compress');
    const escaping = call.has('EscapeHandling') ? call.session.text(call.get('EscapeHandling')) : 'Default';
    this.#quote = (text) => quote(text, escaping);
  }

  /** @param indent white space of the line that the value begins in */
  text(value: Value, depth: number, indent: string): string {
    this.#session.budget.step();
    const base = baseOf(value);
    if (typeof base === 'string') return this.#quote(base);
    const added = base instanceof PSCustomObject || base instanceof Dictionary ? undefined : addedTo(value, base);
    if (added !== undefined) return this.#withAdded(value, base, added, depth, indent);
    return this.#own(value, base, depth, indent);
  }

  #own(value: Value, base: Value, depth: number, indent: string): string {
    const plain = this.#plain(base);
    if (plain !== undefined) return plain;
    if (depth > this.#depth) return this.#cut(value);
    const inner = this.#isCompressed ? '' : `${indent}  `;
    if (base instanceof SwitchParameter) return this.#members([['IsPresent', String(base.isPresent)]], indent);
    if (base instanceof Dictionary) return this.#table(base, value, depth, indent);
    const items = enumerable(base, this.#session);
    if (items !== undefined) {
      const parts: string[] = [];
      for (const item of items) parts.push(this.text(item, depth + 1, inner));
      return this.#wrap('[', parts, ']', indent);
    }
    return this.#members(this.#properties(value, base, depth, inner), indent);
  }

  #properties(value: Value, base: Value, depth: number, inner: string): [string, string][] {
    const session = this.#session;
    if (base instanceof PSCustomObject && base.layout !== undefined) {
      const { fields } = base;
      return base.layout.names.map((name, at) => [name, this.text(fields[at] ?? null, depth + 1, inner)]);
    }
    // Members that a class hides are written, too.
    return memberListings(value, session, { withHidden: true })
      .filter(isProperty)
      .map(({ name }) => [name, this.text(propertyValue(value, name, session), depth + 1, inner)]);
  }

  /** A number, a list and the like to which members were added are the `value` of an object that has them. */
  #withAdded(value: Value, base: Value, added: ExtendedMembers, depth: number, indent: string): string {
    const inner = this.#isCompressed ? '' : `${indent}  `;
    const isBare = typeof base !== 'object' || base === null || enumerable(base, this.#session) !== undefined;
    if (!isBare || depth > this.#depth) return this.#own(value, base, depth, indent);
    const members: [string, string][] = [['value', this.#own(base, base, depth + 1, inner)]];
    for (const { name } of added.values()) {
      members.push([name, this.text(propertyValue(value, name, this.#session), depth + 1, inner)]);
    }
    return this.#members(members, indent);
  }

  #table(table: Dictionary, value: Value, depth: number, indent: string): string {
    const inner = this.#isCompressed ? '' : `${indent}  `;
    const members: [string, string][] = [];
    for (const { key, value: item } of table.items()) {
      const name = baseOf(key);
      if (typeof name !== 'string') {
        const message = `The type '${netName(typeOf(table))}' is not supported for serialization or deserialization of a dictionary. Keys must be strings.`;
        return this.#call.fail(cmdletError('NonStringKeyInDictionary', message, { target: table }));
      }
      members.push([name, this.text(item, depth + 1, inner)]);
    }
    for (const { name } of addedTo(value, table)?.values() ?? []) {
      if (members.some(([known]) => known === name)) continue;
      members.push([name, this.text(propertyValue(value, name, this.#session), depth + 1, inner)]);
    }
    return this.#members(members, indent);
  }

  #members(members: readonly (readonly [name: string, text: string])[], indent: string): string {
    const colon = this.#isCompressed ? ':' : ': ';
    const parts = members.map(([name, text]) => this.#quote(name) + colon + text);
    return this.#wrap('{', parts, '}', indent);
  }

  #wrap(open: string, parts: readonly string[], close: string, indent: string): string {
    if (parts.length === 0) return open + close;
    if (this.#isCompressed) return open + parts.join(',') + close;
    return `${open}\n${indent}  ${parts.join(`,\n${indent}  `)}\n${indent}${close}`;
  }

  #plain(base: Value): string | undefined {
    const session = this.#session;
    if (base === null || base === undefined) return 'null';
    if (typeof base !== 'object') return String(base);
    if (base instanceof Double || base instanceof Single) return this.#float(base);
    if (
      base instanceof Decimal ||
      base instanceof SmallInteger ||
      base instanceof UInt64 ||
      base instanceof BigInteger
    ) {
      const text = toInvariantText(base, undefined, session);
      return base instanceof Decimal && !text.includes('.') ? `${text}.0` : text;
    }
    if (base instanceof Char) return this.#quote(base.text);
    if (base instanceof EnumValue) {
      if (this.#call.isOn('EnumsAsStrings')) return this.#quote(session.text(base));
      return typeof base.value === 'bigint' ? this.#quote(session.text(base)) : String(base.value);
    }
    const { type } = base;
    if (type.name === 'System.DBNull') return 'null';
    if (type === netTypes.dateTime) return this.#quote(toInvariantText(base, 'yyyy-MM-ddTHH:mm:ss.FFFFFFFK', session));
    if (type.name === 'System.DateTimeOffset') {
      return this.#quote(toInvariantText(base, 'yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz', session));
    }
    if (type === netTypes.guid) return this.#quote(session.text(base));
    if (type.name === 'System.Uri') return this.#quote(session.text(propertyValue(base, 'OriginalString', session)));
    return undefined;
  }

  /** Numbers that JSON cannot write are text; whole ones show that they are of floating point. */
  #float(value: Double | Single): string {
    if (Number.isNaN(value.value)) return this.#quote('NaN');
    if (!Number.isFinite(value.value)) return this.#quote(value.value > 0 ? 'Infinity' : '-Infinity');
    const text = toInvariantText(value, undefined, this.#session);
    return /^-?\d+$/.test(text) ? `${text}.0` : text;
  }

  #cut(value: Value): string {
    if (!this.#hasWarned) {
      this.#hasWarned = true;
      this.#call.writeWarning(
        `Resulting JSON is truncated as serialization has exceeded the set depth of ${this.#depth}.`,
      );
    }
    return this.#quote(this.#session.text(value));
  }
}

/** The members that script code put on a value that is no custom object; `undefined` where there are none. */
function addedTo(value: Value, base: Value): ExtendedMembers | undefined {
  const own = extendedMembersOf(value);
  const added = own !== undefined && own.size > 0 ? own : extendedMembersOf(base);
  return added === undefined || added.size === 0 ? undefined : added;
}

const named: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what JSON has to escape
const special = /["\\\u0000-\u001f\u0085\u2028\u2029]/g;
const html = /[<>&']/g;
const beyondAscii = /[^\0-\x7f]/g;

function quote(text: string, escaping: string): string {
  const hex = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  let quoted = text.replace(special, (character) => named.get(character) ?? hex(character));
  if (escaping === 'EscapeHtml') quoted = quoted.replace(html, hex);
  if (escaping === 'EscapeNonAscii') quoted = quoted.replace(beyondAscii, hex);
  return `"${quoted}"`;
}
