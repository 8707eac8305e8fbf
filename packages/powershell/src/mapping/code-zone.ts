import { plainText } from '../check/script-set.ts';
import { type Node, walk } from '../check/walk.ts';
import type { Source } from '../syntax/source.ts';
import {
  type CommandAst,
  type ExpressionAst,
  type ScriptBlockAst,
  type TypeName,
  typeNameText,
} from '../syntax/tree/index.ts';
import {
  allowedCommands,
  allowedMethods,
  allowedParameters,
  allowedTypes,
  foldedTypeName,
  longestPattern,
  refusedProperties,
  refusedStatics,
  refusedVariables,
  typesWithStatics,
} from './allowed.ts';
import { type Refusal, type RefusalId, refusal } from './refusal.ts';

/**
 * Checks a script block of a mapping, or a whole script of the mapping profile: data and expressions only (inbound sheet
 * B.3 to B.5).
 */
export function checkBlock(source: Source, block: ScriptBlockAst): readonly Refusal[] {
  const check = new CodeCheck(source);
  walk(block, (node, around) => check.visit(node, around));
  return check.refusals.sort((left, right) => left.line - right.line || left.column - right.column);
}

class CodeCheck {
  readonly #source: Source;
  readonly refusals: Refusal[] = [];

  constructor(source: Source) {
    this.#source = source;
  }

  visit(node: Node, around: readonly Node[]): void {
    switch (node.kind) {
      case 'scriptBlock':
        this.#scriptBlock(node);
        break;
      case 'command':
        this.#command(node);
        break;
      case 'type':
      case 'convert':
      case 'typeConstraint':
        this.#type(node.typeName);
        break;
      case 'catch':
        for (const type of node.types) this.#type(type);
        break;
      case 'member':
      case 'invokeMember':
        this.#member(node);
        break;
      case 'variable':
        this.#variable(node);
        break;
      case 'binary':
        if (/^-[ic](match|notmatch|replace|split)$/.test(node.operator)) this.#pattern(node.right);
        else if (/^-(as|is|isnot)$/.test(node.operator)) this.#namedType(node.right);
        return;
      case 'assignment':
        this.#target(node.left);
        return;
      case 'unary':
        if (/\+\+|--/.test(node.operator)) this.#target(node.operand);
        return;
      case 'while':
      case 'doWhile':
      case 'doUntil':
      case 'for':
      case 'forEach':
        this.#refuse(node, 'PSB005', 'loops are not supported');
        break;
      case 'break':
      case 'continue':
        // Outside of a switch they would look for a loop of whoever runs the block.
        if (node.label !== undefined || !around.some(({ kind }) => kind === 'switch')) this.#construct(node, node.kind);
        return;
      case 'switch':
        if (node.file) this.#construct(node, 'switch -File');
        return;
      case 'pipeline':
      case 'pipelineChain':
        if (node.background) this.#construct(node, '&');
        return;
      case 'mergingRedirection':
      case 'fileRedirection':
        this.#construct(node, this.#text(node));
        break;
      case 'function':
        this.#construct(node, 'function');
        break;
      case 'typeDefinition':
        this.#construct(node, node.what);
        break;
      case 'data':
      case 'trap':
      case 'exit':
        this.#construct(node, node.kind);
        break;
      case 'block':
        this.#construct(node, node.word);
        break;
      case 'attribute':
        this.#construct(node, `[${typeNameText(node.typeName)}()]`);
        break;
      case 'using':
      case 'usingStatement':
        this.#construct(node, 'using');
        break;
    }
  }

  #scriptBlock(block: ScriptBlockAst): void {
    if (block.parameters !== undefined) this.#construct(block, 'param');
    for (const named of [
      block.beginBlock,
      block.processBlock,
      block.endBlock,
      block.cleanBlock,
      block.dynamicParamBlock,
    ]) {
      if (named !== undefined && !named.unnamed) this.#construct(named, this.#text(named).split(/[\s{]/, 1)[0] ?? '');
    }
    if (block.requires.length > 0) this.#construct(block, '#requires');
  }

  #command(command: CommandAst): void {
    if (command.invocation !== undefined) {
      this.#construct(command, command.invocation === 'call' ? '&' : '.');
      return;
    }
    const [head, ...words] = command.elements;
    if (head === undefined) return;
    const name = plainText(head) ?? this.#text(head);
    const known = allowedCommands.get(name.toLowerCase());
    if (known === undefined) {
      this.#refuse(head, 'PSB001', `command '${name}' is not available in mapping script blocks`);
    } else if (known === 'Get-Date' && !givesDate(words)) {
      this.#refuse(head, 'PSB001', "command 'Get-Date' without a date is not available in mapping script blocks");
    } else if (known === 'ForEach-Object' && words.some(({ kind }) => kind !== 'scriptBlockExpression')) {
      this.#refuse(head, 'PSB001', "command 'ForEach-Object' takes only script blocks in mapping script blocks");
    } else this.#words(known, words);
  }

  #words(command: string, words: CommandAst['elements']): void {
    const allowed = allowedParameters.get(command) ?? [];
    for (const word of words) {
      const isSplat = word.kind === 'variable' && word.splatted;
      const isOther = word.kind === 'parameter' && !allowed.some((name) => name.startsWith(word.name.toLowerCase()));
      if (!isSplat && !isOther) continue;
      const message = `'${this.#text(word)}' of command '${command}' is not available in mapping script blocks`;
      this.#refuse(word, 'PSB001', message);
    }
  }

  /** A type that is named by a text could be any. */
  #namedType(type: ExpressionAst): void {
    if (type.kind !== 'type') this.#refuse(type, 'PSB002', `a type named by ${this.#text(type)} is not available`);
  }

  #type(name: TypeName): void {
    if (!isAllowedType(name)) this.#refuse(name, 'PSB002', `type [${typeNameText(name)}] is not available`);
  }

  #member(node: ExpressionAst & { kind: 'member' | 'invokeMember' }): void {
    // A type that is refused itself needs no second reason.
    if (node.isStatic && node.target.kind === 'type' && !isAllowedType(node.target.typeName)) return;
    const isCall = node.kind === 'invokeMember';
    const name = plainText(node.member);
    const folded = name?.toLowerCase() ?? '';
    const isRefused = node.isStatic
      ? name === undefined || !hasStatics(node.target) || refusedStatics.has(folded.replace(/^[gs]et_/, ''))
      : isCall
        ? !allowedMethods.has(folded)
        : name === undefined || refusedProperties.has(folded);
    if (isRefused) {
      const what = isCall ? 'method' : 'property';
      const on = node.isStatic ? this.#text(node.target) : 'values';
      this.#refuse(node.member, 'PSB003', `${what} '${name ?? this.#text(node.member)}' on ${on} is not available`);
    }
    if (isCall && node.isStatic && node.target.kind === 'type' && /regex$/i.test(typeNameText(node.target.typeName))) {
      for (const argument of node.arguments) this.#pattern(argument);
    }
  }

  #variable({ scope, name, path, start }: ExpressionAst & { kind: 'variable' }): void {
    const isPlain = scope === 'local' || (scope === undefined && !/^variable:/i.test(path));
    if (isPlain && !refusedVariables.has(name.toLowerCase())) return;
    this.#construct({ start }, `$${path}`);
  }

  /** A pattern that tries too much is ended by the budget when it does; one that nobody can oversee is not even tried. */
  #pattern(expression: ExpressionAst): void {
    const pattern = plainText(expression);
    if (pattern === undefined || pattern.length <= longestPattern) return;
    this.#refuse(expression, 'PSB007', `regular expression rejected: longer than ${longestPattern} characters`);
  }

  #construct(place: { readonly start: number }, construct: string): void {
    this.#refuse(place, 'PSB004', `'${construct}' is not supported in mapping script blocks`);
  }

  #refuse({ start }: { readonly start: number }, id: RefusalId, message: string): void {
    this.refusals.push(refusal(id, message, this.#source, start));
  }

  /** Statics outlive the block: none may be named in what is assigned to, in lists and parentheses neither. */
  #target(left: ExpressionAst): void {
    walk(left, (node) => {
      if (node.kind === 'member' && node.isStatic) this.#construct(node, `${this.#text(node)} =`);
    });
  }

  #text({ start, end }: { readonly start: number; readonly end: number }): string {
    return this.#source.text.slice(start, Math.min(end, start + 80));
  }
}

function hasStatics(target: ExpressionAst): boolean {
  return (
    target.kind === 'type' &&
    target.typeName.kind === 'simpleType' &&
    typesWithStatics.has(foldedTypeName(target.typeName.name))
  );
}

function isAllowedType(name: TypeName): boolean {
  const element = elementOf(name);
  return (
    element.kind === 'simpleType' && element.assembly === undefined && allowedTypes.has(foldedTypeName(element.name))
  );
}

/** What an array is of, however nested. */
function elementOf(name: TypeName): TypeName {
  return name.kind === 'arrayType' ? elementOf(name.element) : name;
}

/** A date as argument, or a parameter that gives one. */
function givesDate(words: CommandAst['elements']): boolean {
  let isValue = false;
  for (const word of words) {
    if (word.kind === 'parameter') {
      const name = word.name.toLowerCase();
      if ('date'.startsWith(name) || 'unixtimeseconds'.startsWith(name)) return true;
      // The word after `-Format` belongs to it.
      isValue = word.argument === undefined && !'asutc'.startsWith(name);
    } else if (isValue) isValue = false;
    else return true;
  }
  return false;
}
