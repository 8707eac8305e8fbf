import { firstHashtable } from '../modules/data-language.ts';
import { castsInData, operatorsInData } from '../modules/data-values.ts';
import type { ParseError } from '../syntax/parse-error.ts';
import type { Source } from '../syntax/source.ts';
import type {
  ExpressionAst,
  Extent,
  HashtableExpression,
  ScriptBlockAst,
  ScriptBlockExpression,
  StatementAst,
  StatementBlockAst,
} from '../syntax/tree/index.ts';
import { dataLimits, foldedTypeName } from './allowed.ts';
import { checkBlock } from './code-zone.ts';
import { type Refusal, refusal } from './refusal.ts';

export interface DataFileCheck {
  /** The first hashtable literal, which is the file's value. */
  readonly hashtable: HashtableExpression | undefined;
  readonly refusals: readonly Refusal[];
}

/** Checks a data file: its data by the rules of `Import-PowerShellDataFile`, its script blocks by those of mappings. */
export function checkDataFile(source: Source, ast: ScriptBlockAst, errors: readonly ParseError[]): DataFileCheck {
  if (errors.length > 0) return { hashtable: undefined, refusals: errors.map((error) => syntaxRefusal(source, error)) };
  const hashtable = firstHashtable(ast);
  if (hashtable === undefined) return { hashtable, refusals: [refusal('PSD002', 'no hashtable found', source, 0)] };
  return { hashtable, refusals: new DataCheck(source).check(hashtable) };
}

/** Something in the data that would have to be evaluated. */
export function unsafeNode(source: Source, { start, end }: Extent): Refusal {
  const text = source.text.slice(start, Math.min(end, start + longestQuote));
  return refusal('PSD004', `dynamic expression not allowed in a data file: ${text}`, source, start);
}

/** Characters of a refused text that are repeated. */
const longestQuote = 80;

function syntaxRefusal(source: Source, { id, message, start }: ParseError): Refusal {
  return id === 'DuplicateKeyInHashLiteral'
    ? refusal('PSD003', message, source, start)
    : refusal('PSD001', `not a valid PowerShell data file: ${message}`, source, start);
}

class DataCheck {
  readonly #source: Source;
  readonly #refusals: Refusal[] = [];
  #nodes = 0;
  #isOver = false;

  constructor(source: Source) {
    this.#source = source;
  }

  check(hashtable: HashtableExpression): readonly Refusal[] {
    this.#expression(hashtable, 0);
    return this.#refusals;
  }

  #expression(node: ExpressionAst, level: number): void {
    // Parentheses and script blocks are no parts of their own, as PowerShell counts.
    const isCounted = node.kind !== 'paren' && node.kind !== 'scriptBlockExpression';
    if (!this.#count(node, level, isCounted)) return;
    const inside = (part: ExpressionAst): void => this.#expression(part, level + 1);
    switch (node.kind) {
      case 'string':
      case 'constant':
        return;
      case 'variable':
        if (node.scope !== undefined || !/^(true|false|null)$/i.test(node.name)) this.#refuse(node);
        return;
      case 'expandableString':
        for (const part of node.parts) if (typeof part !== 'string') inside(part);
        return;
      case 'hashtable':
        this.#hashtable(node, level);
        break;
      case 'arrayLiteral':
        node.elements.forEach(inside);
        break;
      case 'arrayExpression':
      case 'subExpression':
        this.#block(node.body, level);
        break;
      case 'paren':
        this.#statement(node.pipeline, level + 1);
        break;
      case 'unary':
        if (operatorsInData.has(node.operator)) inside(node.operand);
        else this.#refuse(node);
        return;
      case 'convert':
        if (node.typeName.kind === 'simpleType' && castsInData.has(foldedTypeName(node.typeName.name)))
          inside(node.operand);
        else this.#refuse(node);
        return;
      case 'index':
        if (node.nullConditional) this.#refuse(node);
        inside(node.target);
        inside(node.index);
        return;
      case 'ternary':
        inside(node.condition);
        inside(node.ifTrue);
        inside(node.ifFalse);
        return;
      case 'scriptBlockExpression':
        this.#scriptBlock(node);
        break;
      default:
        this.#refuse(node);
    }
  }

  #hashtable({ pairs, start }: HashtableExpression, level: number): void {
    if (pairs.length > dataLimits.keys) this.#limit(`${dataLimits.keys} keys`, start);
    for (const { key, value } of pairs) {
      if (key.kind !== 'string' && key.kind !== 'constant') this.#expression(key, level + 1);
      this.#statement(value, level + 1);
    }
  }

  #block({ statements, traps: [trap] }: StatementBlockAst, level: number): void {
    if (trap !== undefined) this.#refuse(trap);
    for (const statement of statements) this.#statement(statement, level + 1);
  }

  #statement(statement: StatementAst, level: number): void {
    const [only, second] = statement.kind === 'pipeline' && !statement.background ? statement.elements : [];
    if (only?.kind !== 'commandExpression' || second !== undefined || only.redirections.length > 0) {
      this.#refuse(statement);
      return;
    }
    this.#expression(only.expression, level);
  }

  #scriptBlock({ body }: ScriptBlockExpression): void {
    this.#refusals.push(...checkBlock(this.#source, body));
  }

  /** False once the file is over its bounds: that is told once. */
  #count({ start }: ExpressionAst, level: number, isCounted: boolean): boolean {
    if (this.#isOver) return false;
    if (level > dataLimits.levels) this.#limit(`${dataLimits.levels} levels`, start);
    else if (isCounted && ++this.#nodes > dataLimits.nodes) this.#limit(`${dataLimits.nodes} parts`, start);
    return !this.#isOver;
  }

  #limit(which: string, start: number): void {
    this.#isOver = true;
    this.#refusals.push(refusal('PSD005', `data file limit exceeded: ${which}`, this.#source, start));
  }

  #refuse(node: Extent): void {
    this.#refusals.push(unsafeNode(this.#source, node));
  }
}
