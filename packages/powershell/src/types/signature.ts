import type { TypeName } from '../syntax/tree/index.ts';
import { readTypeText } from './type-text.ts';

/** A signature as written in a description, its type names not looked up yet. */
export interface Signature {
  /** `undefined` where none is written, as constructors may. */
  readonly returnType: TypeName | undefined;
  readonly name: string;
  /** Names of the type parameters of a generic method. */
  readonly typeParameters: readonly string[];
  readonly parameters: readonly SignatureParameter[];
}

export interface SignatureParameter {
  readonly name: string;
  readonly type: TypeName;
  readonly isReference: boolean;
  readonly isParamArray: boolean;
  /** The text after `=`, `undefined` where the parameter is mandatory. */
  readonly defaultText: string | undefined;
}

/**
 * Reads a signature: `string Substring(int startIndex, int length)`, `T[] Empty[T]()`, `bool TryParse(string s, [ref] int result)`,
 * `string Format(string format, params object[] args)`, `string[] Split(char separator, int count = 1)`.
 * Throws where a description is written wrong: that is a fault of the host program, not of a script.
 */
export function readSignature(text: string): Signature {
  const open = parametersStart(text);
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) throw new TypeError(`not a signature: ${text}`);
  const words = split(text.slice(0, open), ' ').filter((word) => word !== '' && word !== 'static');
  const nameText = words.pop();
  if (nameText === undefined) throw new TypeError(`signature without a name: ${text}`);
  const bracket = nameText.indexOf('[');
  const returnText = words.join(' ');
  return {
    returnType: returnText === '' ? undefined : typeOf(returnText, text),
    name: bracket < 0 ? nameText : nameText.slice(0, bracket),
    typeParameters: bracket < 0 ? [] : split(nameText.slice(bracket + 1, -1), ',').map((name) => name.trim()),
    parameters: split(text.slice(open + 1, close), ',')
      .map((parameter) => parameter.trim())
      .filter((parameter) => parameter !== '')
      .map((parameter) => readParameter(parameter, text)),
  };
}

function readParameter(text: string, signature: string): SignatureParameter {
  const equals = text.indexOf('=');
  const words = split((equals < 0 ? text : text.slice(0, equals)).trim(), ' ').filter((word) => word !== '');
  let isReference = false;
  let isParamArray = false;
  let first = words[0]?.toLowerCase();
  while (first === 'params' || first === '[ref]' || first === 'ref' || first === 'out' || first === 'in') {
    if (first === 'params') isParamArray = true;
    else if (first !== 'in') isReference = true;
    words.shift();
    first = words[0]?.toLowerCase();
  }
  const name = words.length > 1 ? words.pop() : undefined;
  if (name === undefined) throw new TypeError(`parameter without a name: ${signature}`);
  return {
    name,
    type: typeOf(words.join(' '), signature),
    isReference,
    isParamArray,
    defaultText: equals < 0 ? undefined : text.slice(equals + 1).trim(),
  };
}

function typeOf(text: string, signature: string): TypeName {
  const name = readTypeText(text);
  if (name === undefined) throw new TypeError(`${text} is no type name: ${signature}`);
  return name;
}

/** Splits at a sign outside of brackets and quotes. */
function split(text: string, sign: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '[' || character === '(') depth++;
    else if (character === ']' || character === ')') depth--;
    else if (depth === 0 && character === sign) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function parametersStart(text: string): number {
  return text.indexOf('(');
}
