import { isDriveQualified, variablePath } from '../variable-path.ts';
import { endsWord, isDoubleQuote, isIdentifierPart, isLetterOrDigit, isVariableStart } from './characters.ts';
import { scanEscape } from './escapes.ts';
import type { Token } from './token.ts';
import type { Tokenizer } from './tokenizer.ts';
import { scanGeneric } from './words.ts';

/**
 * `$name`, `${any name}` or, where `@` stands first, `@name`; stands at its sign. In command mode a variable with more
 * characters behind it is the beginning of a word: `$a/b`.
 */
export function scanVariable(tokenizer: Tokenizer, inString: boolean): Token {
  const start = tokenizer.at;
  const splatted = tokenizer.code(start) === 64;
  const first = tokenizer.code(start + 1);
  if (first === 123 && !splatted) return scanBraced(tokenizer, inString);
  if (!isVariableStart(first)) return scanGeneric(tokenizer, start);
  const inCommand = tokenizer.mode === 'command';
  tokenizer.at += 2;
  // `$$`, `$?` and `$^` are whole names.
  if (first === 36 || first === 63 || first === 94) {
    if (inCommand && !endsWord(tokenizer.code(tokenizer.at))) return scanGeneric(tokenizer, start);
  } else {
    skipName(tokenizer);
    const next = tokenizer.code(tokenizer.at);
    const accesses = next === 46 || next === 91 || next === 61 || next === 58;
    if (inCommand && !accesses && !endsWord(next)) return scanGeneric(tokenizer, start);
  }
  const name = tokenizer.text.slice(start + 1, tokenizer.at);
  const path = variablePath(name);
  if (path.name === '') {
    const id = isDriveQualified(path) ? 'InvalidVariableReferenceWithDrive' : 'InvalidVariableReference';
    tokenizer.report(id, start, tokenizer.at);
  }
  return tokenizer.token(splatted ? 'splatted' : 'variable', start, name);
}

/** Letters, digits, `_`, `?` and single colons: `$a::b` is a static member of `$a`. */
function skipName(tokenizer: Tokenizer): void {
  for (;;) {
    const code = tokenizer.code(tokenizer.at);
    if (code === 58) {
      if (tokenizer.code(tokenizer.at + 1) === 58) return;
    } else if (code < 128 ? !isIdentifierPart(code) && code !== 63 : !isLetterOrDigit(code)) {
      return;
    }
    tokenizer.at++;
  }
}

function scanBraced(tokenizer: Tokenizer, inString: boolean): Token {
  const start = tokenizer.at;
  tokenizer.at += 2;
  const name = readBracedName(tokenizer, inString);
  const closed = tokenizer.code(tokenizer.at) === 125;
  if (closed) tokenizer.at++;
  else tokenizer.report('IncompleteDollarVariableReference', start + 1, tokenizer.at);
  if (name === '' && closed) tokenizer.report('EmptyVariableReference', tokenizer.at - 1, tokenizer.at);
  if (tokenizer.mode === 'command') {
    const next = tokenizer.code(tokenizer.at);
    if (!endsWord(next) && next !== 46 && next !== 91) return scanGeneric(tokenizer, start);
  }
  const path = name === '' ? ':Error:' : name;
  if (variablePath(path).name === '') tokenizer.report('InvalidBracedVariableReference', start, tokenizer.at);
  return tokenizer.token('variable', start, path);
}

/** The name up to the closing brace or the end of the text; inside of a string two quotes are one. */
function readBracedName(tokenizer: Tokenizer, inString: boolean): string {
  const { text } = tokenizer;
  let name = '';
  while (tokenizer.at < text.length) {
    const code = text.charCodeAt(tokenizer.at);
    if (code === 125) return name;
    if (code === 96) {
      tokenizer.at++;
      if (tokenizer.atEnd(tokenizer.at)) return name;
      name += scanEscape(tokenizer);
      continue;
    }
    if (code === 123) {
      tokenizer.report('OpenBraceNeedsToBeBackTickedInVariableName', tokenizer.at + 1, tokenizer.at + 2);
    }
    if (inString && isDoubleQuote(code) && isDoubleQuote(text.charCodeAt(tokenizer.at + 1))) tokenizer.at++;
    name += text.charAt(tokenizer.at);
    tokenizer.at++;
  }
  return name;
}
