import { baseOf, typeOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { toNetText } from '../../conversion/text.ts';
import type { Session } from '../../runtime/session.ts';
import { extendedMembersOf } from '../../types/extended-members.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { netName } from '../../types/type-display.ts';
import { objectArray } from '../../values/array.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { EnumValue } from '../../values/enum.ts';
import { BigInteger, Char, Decimal, Double, Single, SmallInteger, UInt64 } from '../../values/numbers.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import { SwitchParameter } from '../../values/switch-parameter.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { propertyNames, propertyValue } from '../objects/member-match.ts';

export const convertToJson: CmdletDescription = {
  name: 'ConvertTo-Json',
  typeName: 'Microsoft.PowerShell.Commands.ConvertToJsonCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    {
      name: 'InputObject',
      type: 'object',
      mandatory: true,
      position: 0,
      fromPipeline: true,
      allowNull: true,
      allowEmptyCollection: true,
      allowEmptyString: true,
    },
    { name: 'Depth', type: 'int', validate: { range: [0, 100] } },
    { name: 'Compress', type: 'switch' },
    { name: 'EnumsAsStrings', type: 'switch' },
    { name: 'AsArray', type: 'switch' },
    { name: 'EscapeHandling', type: 'string', validate: { set: ['Default', 'EscapeNonAscii', 'EscapeHtml'] } },
  ],
  coverage: {
    state: 'approximated',
    why: 'of objects that are no data, the properties that the engine has are written',
  },
  start: (call) => {
    const inputs: Value[] = [];
    return {
      process() {
        inputs.push(call.get('InputObject') ?? null);
      },
      end() {
        if (inputs.length === 0) return;
        const isList = inputs.length > 1 || call.isOn('AsArray');
        const node = new Simplifier(call).simplify(isList ? objectArray(inputs) : (inputs[0] ?? null), isList ? -1 : 0);
        const escaping = call.has('EscapeHandling') ? call.session.text(call.get('EscapeHandling')) : 'Default';
        call.write(write(node, call.isOn('Compress') ? undefined : '', escaping));
      },
    };
  },
};

/** What JSON can say: text still to be quoted, numbers and words as they are. */
type Node = string | { readonly raw: string } | readonly Node[] | ReadonlyMap<string, Node>;

class Simplifier {
  readonly #call: CmdletCall;
  readonly #session: Session;
  readonly #depth: number;
  #hasWarned = false;

  constructor(call: CmdletCall) {
    this.#call = call;
    this.#session = call.session;
    const depth = call.get('Depth');
    this.#depth = typeof depth === 'number' ? depth : 2;
  }

  simplify(value: Value, depth: number): Node {
    const base = baseOf(value);
    const plain = this.#plain(base);
    if (plain !== undefined) return plain;
    if (depth > this.#depth) return this.#cut(value);
    if (base instanceof Dictionary) return this.#table(base, value, depth);
    const items = enumerable(base, this.#session);
    if (items !== undefined) return [...items].map((item) => this.simplify(item, depth + 1));
    const members = new Map<string, Node>();
    for (const name of propertyNames(value, this.#session)) {
      members.set(name, this.simplify(propertyValue(value, name, this.#session), depth + 1));
    }
    return members;
  }

  #plain(base: Value): Node | undefined {
    const session = this.#session;
    if (base === null || base === undefined) return { raw: 'null' };
    if (typeof base === 'string') return base;
    if (typeof base !== 'object') return { raw: String(base) };
    if (base instanceof Double || base instanceof Single) return float(base, session);
    if (
      base instanceof Decimal ||
      base instanceof SmallInteger ||
      base instanceof UInt64 ||
      base instanceof BigInteger
    ) {
      const text = toNetText(base, undefined, session);
      return { raw: base instanceof Decimal && !text.includes('.') ? `${text}.0` : text };
    }
    if (base instanceof Char) return base.text;
    if (base instanceof EnumValue) {
      if (this.#call.isOn('EnumsAsStrings')) return session.text(base);
      return typeof base.value === 'bigint' ? session.text(base) : { raw: String(base.value) };
    }
    if (base instanceof SwitchParameter) return new Map([['IsPresent', { raw: String(base.isPresent) }]]);
    const { type } = base;
    if (type === netTypes.dateTime) return toNetText(base, 'yyyy-MM-ddTHH:mm:ss.FFFFFFFK', session);
    if (type.name === 'System.DateTimeOffset') return toNetText(base, 'yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz', session);
    if (type === netTypes.guid) return session.text(base);
    if (type.name === 'System.Uri') return session.text(propertyValue(base, 'OriginalString', session));
    return undefined;
  }

  #cut(value: Value): Node {
    if (!this.#hasWarned) {
      this.#hasWarned = true;
      this.#call.writeWarning(
        `Resulting JSON is truncated as serialization has exceeded the set depth of ${this.#depth}.`,
      );
    }
    return this.#session.text(value);
  }

  #table(table: Dictionary, value: Value, depth: number): Node {
    const members = new Map<string, Node>();
    for (const { key, value: item } of table.items()) {
      const name = baseOf(key);
      if (typeof name !== 'string') {
        const message = `The type '${netName(typeOf(table))}' is not supported for serialization or deserialization of a dictionary. Keys must be strings.`;
        return this.#call.fail(cmdletError('NonStringKeyInDictionary', message, { target: table }));
      }
      members.set(name, this.simplify(item, depth + 1));
    }
    for (const member of (value instanceof PSCustomObject ? undefined : extendedMembersOf(value))?.values() ?? []) {
      if (!members.has(member.name)) {
        members.set(member.name, this.simplify(propertyValue(value, member.name, this.#session), depth + 1));
      }
    }
    return members;
  }
}

/** Numbers that JSON cannot write are text; whole ones show that they are of floating point. */
function float(value: Double | Single, session: Session): Node {
  if (Number.isNaN(value.value)) return 'NaN';
  if (!Number.isFinite(value.value)) return value.value > 0 ? 'Infinity' : '-Infinity';
  const text = toNetText(value, undefined, session);
  return { raw: /^-?\d+$/.test(text) ? `${text}.0` : text };
}

/** @param indent white space of the line; `undefined` writes all in one */
function write(node: Node, indent: string | undefined, escaping: string): string {
  if (typeof node === 'string') return quote(node, escaping);
  if ('raw' in node) return node.raw;
  const inner = indent === undefined ? undefined : `${indent}  `;
  const wrap = (open: string, parts: readonly string[], close: string) => {
    if (parts.length === 0) return open + close;
    if (indent === undefined || inner === undefined) return open + parts.join(',') + close;
    return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
  };
  if (node instanceof Map) {
    const colon = indent === undefined ? ':' : ': ';
    const parts = [...node].map(([name, item]) => quote(name, escaping) + colon + write(item, inner, escaping));
    return wrap('{', parts, '}');
  }
  return wrap('[', isList(node) ? node.map((item) => write(item, inner, escaping)) : [], ']');
}

function isList(node: Node): node is readonly Node[] {
  return Array.isArray(node);
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
