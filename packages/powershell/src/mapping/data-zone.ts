import { type Node, walk } from '../check/walk.ts';
import type { ParseError } from '../syntax/parse-error.ts';
import type { Source } from '../syntax/source.ts';
import type {
  ExpressionAst,
  HashtableExpression,
  ScriptBlockAst,
  ScriptBlockExpression,
  StatementAst,
  StatementBlockAst,
} from '../syntax/tree/index.ts';
import { castsInData, dataLimits, foldedTypeName } from './allowed.ts';
import { checkBlock } from './code-zone.ts';
import { type Refusal, refusal } from './refusal.ts';

export interface DataFileCheck {
  /** The first hashtable literal, which is the file's value. */
  readonly hashtable: HashtableExpression | undefined;
  readonly refusals: readonly Refusal[];
}

/** Checks a data file: its data by the rules of `Import-PowerShellDataFile`, its script blocks by those of mappings. */
export function checkDataFile(source: Source, ast: ScriptBlockAst, errors: readonly ParseError[]): DataFileCheck {
  if (Buffer.byteLength(source.text) > dataLimits.bytes) {
    return {
      hashtable: undefined,
      refusals: [refusal('PSD005', 'data file limit exceeded: 1 MiB of text', source, 0)],
    };
  }
  if (errors.length > 0) return { hashtable: undefined, refusals: errors.map((error) => syntaxRefusal(source, error)) };
  const hashtable = firstHashtable(ast);
  if (hashtable === undefined) return { hashtable, refusals: [refusal('PSD002', 'no hashtable found', source, 0)] };
  return { hashtable, refusals: new DataCheck(source).check(hashtable) };
}

function syntaxRefusal(source: Source, { id, message, start }: ParseError): Refusal {
  return id === 'DuplicateKeyInHashLiteral'
    ? refusal('PSD003', message, source, start)
    : refusal('PSD001', `not a valid PowerShell data file: ${message}`, source, start);
}

/** Bodies of functions count as script blocks, defaults of parameters do not (inbound sheet B.1). */
function firstHashtable(ast: ScriptBlockAst): HashtableExpression | undefined {
  const found: HashtableExpression[] = [];
  walk(ast, (node, around) => {
    if (node.kind !== 'hashtable' || around.some(isOwnBlock)) return;
    found.push(node);
  });
  return found.reduce<HashtableExpression | undefined>(
    (first, each) => (first === undefined || each.start < first.start ? each : first),
    undefined,
  );
}

function isOwnBlock({ kind }: Node): boolean {
  return kind === 'scriptBlockExpression' || kind === 'function' || kind === 'typeDefinition';
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
    if (!this.#count(node, level)) return;
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
        if (['-', '+', '!', '-not', ','].includes(node.operator)) inside(node.operand);
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
      this.#expression(key, level + 1);
      this.#statement(value, level + 1);
    }
  }

  #block({ statements, traps, start }: StatementBlockAst, level: number): void {
    if (traps.length > 0) this.#refuseAt(start, 'trap');
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
  #count({ start }: ExpressionAst, level: number): boolean {
    if (this.#isOver) return false;
    if (level > dataLimits.levels) this.#limit(`${dataLimits.levels} levels`, start);
    else if (++this.#nodes > dataLimits.nodes) this.#limit(`${dataLimits.nodes} parts`, start);
    return !this.#isOver;
  }

  #limit(which: string, start: number): void {
    this.#isOver = true;
    this.#refusals.push(refusal('PSD005', `data file limit exceeded: ${which}`, this.#source, start));
  }

  #refuse({ start, end }: { readonly start: number; readonly end: number }): void {
    this.#refuseAt(start, this.#source.text.slice(start, Math.min(end, start + 80)));
  }

  #refuseAt(start: number, text: string): void {
    this.#refusals.push(
      refusal('PSD004', `dynamic expression not allowed in a data file: ${text}`, this.#source, start),
    );
  }
}
