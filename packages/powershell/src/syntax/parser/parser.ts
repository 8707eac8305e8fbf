import { messageOf, type ParseErrorId } from '../messages.ts';
import type { ParseError } from '../parse-error.ts';
import type { Source } from '../source.ts';
import { attributeStart, invocation, memberAccess, pipeFollows } from '../tokenizer/access.ts';
import { type SubExpressionText, sameInEveryMode, type Token, type TokenKind } from '../tokenizer/token.ts';
import { type Mode, Tokenizer, type TokenizerHost } from '../tokenizer/tokenizer.ts';
import { readAssemblyName, scanVerbatim } from '../tokenizer/words.ts';
import type { AttributeAst, Extent, TypeConstraint } from '../tree/index.ts';

/** How deep statements and expressions may stand inside each other: far beyond what people write, far below what the stack holds. */
const maximumDepth = 250;

/** Thrown, and caught by `parse`, where a script nests too deep to go on. */
export class TooDeep extends Error {}

/** An attribute that was read on trial, so that it is not read again when the trial fails: nested ones would cost 2^n. */
interface RememberedAttribute {
  readonly attribute: AttributeAst | TypeConstraint | undefined;
  readonly at: number;
  readonly pending: Token | undefined;
}

/**
 * What all rules of the grammar share: one token of lookahead, the mode, and the errors so far. A rule is a function that
 * takes the parser, stands at the first token of what it reads and goes past the last; what a token means to it may ask
 * for another mode, and a token looked at in one mode is scanned again in the other.
 */
export class Parser implements TokenizerHost {
  readonly source: Source;
  readonly errors: ParseError[] = [];
  /** Off where commas separate arguments or parameters. */
  commaMakesArrays = true;
  readonly #reported = new Set<string>();
  readonly #requirements = new Map<number, string>();
  #tokenizer: Tokenizer;
  #pending: Token | undefined;
  #attributes = new Map<number, RememberedAttribute>();
  #signature = Number.POSITIVE_INFINITY;
  #depth = 0;

  constructor(source: Source) {
    this.source = source;
    this.#tokenizer = new Tokenizer(source.text, this);
  }

  get mode(): Mode {
    return this.#tokenizer.mode;
  }

  /** Changes the mode; a token that was looked at and may differ in it is put back. */
  setMode(mode: Mode): void {
    if (mode === this.#tokenizer.mode) return;
    this.#tokenizer.mode = mode;
    if (this.#pending !== undefined && !sameInEveryMode.has(this.#pending.kind)) this.goBack(this.#pending);
  }

  next(): Token {
    const token = this.#pending;
    if (token === undefined) return this.#tokenizer.next();
    this.#pending = undefined;
    return token;
  }

  peek(): Token {
    this.#pending ??= this.#tokenizer.next();
    return this.#pending;
  }

  /** Drops the token that was looked at. */
  skip(): void {
    this.#pending = undefined;
  }

  unget(token: Token): void {
    this.#pending = token;
  }

  /** Whether a token was looked at: after a rule that ends behind its last token this means that it met an error. */
  get hasPending(): boolean {
    return this.#pending !== undefined;
  }

  /** Takes the next token if it is of this kind. */
  take(kind: TokenKind): Token | undefined {
    const token = this.peek();
    if (token.kind !== kind) return undefined;
    this.#pending = undefined;
    return token;
  }

  /** A place to come back to with `goBack`: that of the token that was looked at, or the current one. */
  get place(): number {
    return this.#pending?.at ?? this.#tokenizer.at;
  }

  goBack(to: Token | number): void {
    this.#pending = undefined;
    this.#tokenizer.at = typeof to === 'number' ? to : to.at;
  }

  skipNewlines(): void {
    if (this.#pending !== undefined && this.#pending.kind !== 'newline') return;
    this.#pending = undefined;
    this.#tokenizer.skipNewlines(false);
  }

  skipTerminators(): void {
    if (this.#pending !== undefined && this.#pending.kind !== 'newline' && this.#pending.kind !== ';') return;
    this.#pending = undefined;
    this.#tokenizer.skipNewlines(true);
  }

  /** The token after this, read as a simple name if it can be. */
  peekName(): Token {
    this.#tokenizer.simpleName = true;
    const token = this.peek();
    this.#tokenizer.simpleName = false;
    return token;
  }

  /** Looks at the first token of an operand: a sign may begin a number, and with `ternary` `?` and `:` end one. */
  peekOperand(ternary: boolean): Token {
    const tokenizer = this.#tokenizer;
    const { signedNumbers, ternaryEndsNumber } = tokenizer;
    tokenizer.signedNumbers = true;
    tokenizer.ternaryEndsNumber = ternary;
    const kind = this.#pending?.kind;
    if (this.#pending !== undefined && (kind === '-' || (ternary && kind === 'generic'))) this.goBack(this.#pending);
    const token = this.peek();
    tokenizer.signedNumbers = signedNumbers;
    tokenizer.ternaryEndsNumber = ternaryEndsNumber;
    return token;
  }

  /** A sign of member access right here, `undefined` elsewhere. */
  memberAccess(brackets: boolean): Token | undefined {
    return this.#pending === undefined ? memberAccess(this.#tokenizer, brackets) : undefined;
  }

  invocation(): Token | undefined {
    return this.#pending === undefined ? invocation(this.#tokenizer) : undefined;
  }

  attributeStart(): Token | undefined {
    if (this.#pending === undefined) return attributeStart(this.#tokenizer);
    return this.#pending.kind === '[' ? this.next() : undefined;
  }

  assemblyName(): { readonly name: string; readonly end: number } {
    const name = readAssemblyName(this.#tokenizer);
    return { name, end: this.#tokenizer.offset(this.#tokenizer.at) };
  }

  /** What follows `--%` on the line. */
  verbatim(): Token | undefined {
    if (this.#pending !== undefined && this.#pending.kind !== 'parameter') return undefined;
    this.#pending = undefined;
    return scanVerbatim(this.#tokenizer);
  }

  /** Whether the line after the end of line that was looked at goes on with a pipe. */
  pipeFollows(): boolean {
    return pipeFollows(this.#tokenizer.text, this.#tokenizer.at);
  }

  /** Reads the inside of a string with a rule, then goes on behind the string. */
  nested<T>(inside: SubExpressionText, rule: (parser: Parser) => T): T {
    const tokenizer = this.#tokenizer;
    const attributes = this.#attributes;
    this.#tokenizer = new Tokenizer(inside.text, this, inside.base, inside.omitted);
    this.#tokenizer.mode = tokenizer.mode;
    this.#attributes = new Map();
    const result = rule(this);
    this.#pending = undefined;
    this.#tokenizer = tokenizer;
    this.#attributes = attributes;
    return result;
  }

  /** Reads an attribute, or answers what an earlier reading at this place found. */
  rememberedAttribute(
    rule: () => AttributeAst | TypeConstraint | undefined,
  ): AttributeAst | TypeConstraint | undefined {
    const { place } = this;
    const known = this.#attributes.get(place);
    if (known !== undefined) {
      this.#tokenizer.at = known.at;
      this.#pending = undefined;
      if (known.pending !== undefined) {
        // Looked at in another mode, perhaps.
        this.goBack(known.pending);
        this.peek();
      }
      return known.attribute;
    }
    const attribute = rule();
    const { at } = this.#tokenizer;
    // Nothing is read twice but attributes; all else is found absent at its first character.
    if (attribute !== undefined) this.#attributes.set(place, { attribute, at, pending: this.#pending });
    return attribute;
  }

  /** Counts one more level of nesting around a rule. */
  enter(): void {
    this.#depth++;
    if (this.#depth > maximumDepth) this.failTooDeep();
  }

  leave(): void {
    this.#depth--;
  }

  /** Where in the source reading goes on. */
  get offset(): number {
    return this.#tokenizer.offset(this.#tokenizer.at);
  }

  failTooDeep(): never {
    throw new TooDeep();
  }

  /** The text of a token or node as written. */
  text(extent: Extent): string {
    return this.source.text.slice(extent.start, extent.end);
  }

  /** Adds an error; one of the same kind at the same place is kept once. */
  report(id: ParseErrorId, start: number, end: number, ...args: readonly string[]): void {
    const key = `${id} ${start} ${end}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.errors.push({ id, message: messageOf(id, args), start, end });
  }

  reportAt(id: ParseErrorId, { start, end }: Extent, ...args: readonly string[]): void {
    this.report(id, start, end, ...args);
  }

  /** Something is missing right behind this. */
  reportAfter(id: ParseErrorId, { end }: Extent, ...args: readonly string[]): void {
    this.report(id, end, end, ...args);
  }

  /** Something is missing right before this. */
  reportBefore(id: ParseErrorId, { start }: Extent, ...args: readonly string[]): void {
    const offset = Math.max(0, start - 1);
    this.report(id, offset, offset, ...args);
  }

  /** Whether nothing but blanks and comments comes after an offset. */
  onlyBlanksAfter(offset: number): boolean {
    const rest = new Tokenizer(this.source.text.slice(offset), silent);
    rest.skipBlanks();
    return rest.atEnd(rest.at);
  }

  addRequirement(offset: number, text: string): void {
    this.#requirements.set(offset, text);
  }

  get requirements(): readonly string[] {
    return [...this.#requirements.values()];
  }

  beginSignature(offset: number): void {
    this.#signature = offset;
  }

  /** Code behind a signature block would run unseen: it is refused. */
  checkSignature(statement: Extent): void {
    if (this.#signature < statement.start) this.reportAt('TokenAfterEndOfValidScriptText', statement);
  }
}

const silent: TokenizerHost = {
  report() {},
  addRequirement() {},
  beginSignature() {},
};
