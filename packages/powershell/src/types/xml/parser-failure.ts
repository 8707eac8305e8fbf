import type { NetFailure } from '../../errors/raise.ts';
import { duplicate, type TagPlace } from './namespace-scope.ts';
import { failureAt, named, placeOf, xmlFailure } from './xml-failure.ts';

/**
 * Where the parser was when it found something wrong.
 * @property at offset of the last character that it read
 * @property markupEnd offset behind the markup that it finished last
 * @property open names of the elements that are open, outermost first
 * @property closed the element that it closed last, with the offset of its name
 */
export interface ParserState extends TagPlace {
  readonly message: string;
  readonly at: number;
  readonly markupEnd: number;
  readonly open: readonly string[];
  readonly closed: { readonly name: string; readonly at: number } | undefined;
}

/** .NET's exception for what the parser found wrong: message and place are those of `XmlTextReader`. */
export function parserFailure(state: ParserState): NetFailure {
  // The parser puts line and column first.
  const message = state.message.replace(/^\d+:\d+: /, '');
  const { text, at } = state;
  const sign = text.charAt(at);
  if (/^(?:unexpected end|unclosed tag|document must contain)/.test(message)) return atEnd(state);
  switch (message) {
    case 'disallowed character in tag name':
      return state.text.length < 4 ? tooShort(text) : noNameStart(text, at);
    case 'disallowed character in tag name.':
      return failureAt(text, at, `The ${character(sign)} cannot be included in a name.`);
    case 'disallowed character in attribute name.':
    case 'attribute without value.':
      return noAttributeName(state);
    case 'unquoted attribute value.':
      return unexpected(text, at, sign, `'"' or '''`);
    case 'no whitespace between attributes.':
      return failureAt(text, at, `'${sign}' is an unexpected token. Expecting whitespace.`);
    case 'forward-slash in opening tag not followed by >.':
      return unexpected(text, at - 1, '/', "'>'");
    case 'disallowed character in closing tag.':
      return unexpected(text, at, sign, "'>'");
    case 'disallowed character.':
      return sign === '<'
        ? failureAt(text, at, `${named(sign)}, is an invalid attribute character.`)
        : failureAt(text, at, `${named(sign)}, is an invalid character.`);
    case 'malformed comment.':
      return failureAt(text, at - 2, "An XML comment cannot contain '--', and '-' cannot be the last character.");
    case 'the string "]]>" is disallowed in char data.':
      return failureAt(text, at - 2, "']]>' is not allowed in character data.");
    case 'incorrect syntax.':
      return noDeclaration(text, at);
    case 'inappropriately located doctype declaration.':
      return misplacedDocumentType(state);
    case 'unexpected close tag.':
      return wrongEnd(state);
    case 'weird empty close tag.':
      return noNameStart(text, at);
    case 'an XML declaration must be at the start of the document.':
    case 'the XML declaration must appear at the start of the document.':
      return misplacedInstruction(text, text.lastIndexOf('<?', at) + 2);
    default:
      return byKind(message, state);
  }
}

const misplacedDeclaration =
  'Unexpected XML declaration. The XML declaration must be the first node in the document, and no whitespace characters are allowed to appear before it.';

/** Only the declaration itself may be called so, and only at the start. */
function misplacedInstruction(text: string, at: number): NetFailure {
  const name = text.slice(at, at + 3);
  return failureAt(
    text,
    at,
    name === 'xml' ? misplacedDeclaration : `'${name}' is an invalid name for processing instructions.`,
  );
}

function misplacedDocumentType({ text, at, open, closed }: ParserState): NetFailure {
  const start = text.lastIndexOf('<!DOCTYPE', at);
  if (open.length > 0) return failureAt(text, start + 2, 'Unexpected DTD declaration.');
  if (closed === undefined) return failureAt(text, start, 'Cannot have multiple DTDs.');
  return failureAt(text, start, 'DTD must be defined before the document root element.');
}

function byKind(message: string, state: ParserState): NetFailure {
  const { text, at } = state;
  if (message.startsWith('unmatched closing tag')) {
    return failureAt(text, text.lastIndexOf('</', at) + 2, 'Unexpected end tag.');
  }
  const repeated = /^duplicate attribute: (.*)\.$/s.exec(message)?.[1];
  if (repeated !== undefined) return duplicate(state, repeated);
  if (message.includes('entity')) return wrongEntity(state);
  if (message.startsWith('version number')) {
    const version = /<\?xml\s+version\s*=\s*(["'])(.*?)\1/s.exec(text)?.[2] ?? '';
    return failureAt(text, text.indexOf(version), `Version number '${version}' is invalid.`);
  }
  if (/XML declaration|^expected|standalone value|encoding value|value required|did not expect/.test(message)) {
    return failureAt(text, at, 'Syntax for an XML declaration is invalid.');
  }
  return failureAt(text, at, `${named(text.charAt(at))}, is an invalid character.`);
}

function character(sign: string): string {
  const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return `'${sign}' character, hexadecimal value 0x${code},`;
}

function noNameStart(text: string, at: number): NetFailure {
  return failureAt(text, at, `Name cannot begin with the ${character(text.charAt(at)).slice(0, -1)}.`);
}

function unexpected(text: string, at: number, found: string, expected: string): NetFailure {
  return failureAt(text, at, `'${found}' is an unexpected token. The expected token is ${expected}.`);
}

/** A tag goes on with something that is no attribute: a name without a value, or no name at all. */
function noAttributeName({ text, at, tagAt }: ParserState): NetFailure {
  const before = text.slice(tagAt, at).trimEnd();
  const isName = /[\s"'][^\s"'=<>/]+$/.test(before);
  return isName ? unexpected(text, at, text.charAt(at), "'='") : noNameStart(text, at);
}

/** `<!` that begins neither a comment, nor CDATA, nor a document type. */
function noDeclaration(text: string, at: number): NetFailure {
  const start = text.lastIndexOf('<!', at) + 2;
  if (text.charAt(start) === '[') {
    const found = /^[^[\s>]*/.exec(text.slice(start + 1, start + 7))?.[0] ?? '';
    return unexpected(text, start + 1, found, "'CDATA['");
  }
  return unexpected(text, start, text.slice(start, start + 7), "'DOCTYPE'");
}

function wrongEnd({ text, at, closed }: ParserState): NetFailure {
  const start = text.lastIndexOf('</', at) + 2;
  const name = /^[^\s>]*/.exec(text.slice(start, at + 1))?.[0] ?? '';
  const place = placeOf(text, closed?.at ?? 0);
  return failureAt(
    text,
    start,
    `The '${closed?.name ?? ''}' start tag on line ${place.line} position ${place.position} does not match the end tag of '${name}'.`,
  );
}

const brokenReference = /&(?!#[0-9]+;|#x[0-9a-fA-F]+;|[\p{L}_:][\p{L}\p{N}\p{M}._:·-]*;)/gu;

/** The offset behind the first `&` since the last markup that begins no reference. */
function brokenReferenceIn(text: string, from: number): number | undefined {
  brokenReference.lastIndex = from;
  const found = brokenReference.exec(text);
  return found === null ? undefined : found.index + 1;
}

function wrongEntity({ text, at, markupEnd }: ParserState): NetFailure {
  const start = brokenReferenceIn(text.slice(0, at + 1), markupEnd) ?? text.lastIndexOf('&', at) + 1;
  const rest = text.slice(start, at + 1);
  const isHexadecimal = rest.startsWith('#x');
  if (rest.startsWith('#')) {
    const digits = isHexadecimal ? /^#x[0-9a-fA-F]*/.exec(rest) : /^#[0-9]*/.exec(rest);
    const end = digits?.[0].length ?? 1;
    if (rest.charAt(end) !== ';' || end === (isHexadecimal ? 2 : 1)) {
      const kind = isHexadecimal ? 'hexadecimal' : 'decimal';
      return failureAt(text, start + end, `Invalid syntax for a ${kind} numeric entity reference.`);
    }
    const code = isHexadecimal ? Number.parseInt(rest.slice(2), 16) : Number.parseInt(rest.slice(1), 10);
    return failureAt(text, start + 1, `${named(String.fromCharCode(code))}, is an invalid character.`);
  }
  const name = /^[\p{L}_:][\p{L}\p{N}\p{M}._:·-]*/u.exec(rest)?.[0];
  if (name === undefined) return failureAt(text, start, 'An error occurred while parsing EntityName.');
  if (rest.charAt(name.length) !== ';') {
    return unexpected(text, start + name.length, rest.charAt(name.length), "';'");
  }
  return failureAt(text, start, `Reference to undeclared entity '${name}'.`);
}

/** The text ended too early. */
function atEnd(state: ParserState): NetFailure {
  const { text, markupEnd, open } = state;
  if (text.length < 4 && text.trim() !== '') return tooShort(text);
  if (brokenReferenceIn(text, markupEnd) !== undefined && !/^\s*<[!?]/.test(text.slice(markupEnd))) {
    return wrongEntity({ ...state, at: text.length - 1 });
  }
  const start = text.indexOf('<', markupEnd);
  const tail = start === -1 ? '' : text.slice(start);
  if (tail.startsWith('<!--')) return endWhile(text, start + 4, 'Comment');
  if (tail.startsWith('<![CDATA[')) return endWhile(text, start + 9, 'CDATA');
  if (tail.startsWith('<!DOCTYPE')) return failureAt(text, text.length, 'Incomplete DTD content.');
  if (tail.startsWith('<?')) return endWhile(text, text.length, /\s/.test(tail) ? 'PI' : 'Name');
  if (tail === '</') return endWhile(text, text.length, 'Name');
  if (tail.length > 1 && !tail.startsWith('</')) {
    if (tail.endsWith('/')) return endWhile(text, text.length - 1, '>');
    if (/=\s*(?:"[^"]*|'[^']*)$/.test(tail)) {
      return failureAt(text, text.length, 'There is an unclosed literal string.');
    }
    return /=\s*$/.test(tail)
      ? failureAt(text, text.length, 'Unexpected end of file has occurred.')
      : endWhile(text, text.length, 'Name');
  }
  if (open.length === 0) return tail === '<' ? outsideRoot(text, start) : xmlFailure('Root element is missing.');
  const names = [...open].reverse().join(', ');
  return failureAt(
    text,
    text.length,
    `Unexpected end of file has occurred. The following elements are not closed: ${names}.`,
  );
}

function endWhile(text: string, at: number, what: string): NetFailure {
  return failureAt(text, at, `Unexpected end of file while parsing ${what} has occurred.`);
}

/** .NET looks at the first four characters to find the encoding, and takes fewer for none of its own. */
function tooShort(text: string): NetFailure {
  return outsideRoot(text, 0);
}

export function outsideRoot(text: string, at: number): NetFailure {
  return failureAt(text, at, 'Data at the root level is invalid.');
}
