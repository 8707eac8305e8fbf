import type { CmdletDescription } from '../commands/description.ts';
import type { Registration } from '../runtime/registration.ts';
import { parse } from '../syntax/parse.ts';
import { placeOf, type Source } from '../syntax/source.ts';
import type { AttributeAst, CommandAst } from '../syntax/tree/index.ts';
import { type ExpressionAst, type ScriptBlockAst, type TypeName, typeNameText } from '../syntax/tree/index.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { languageName } from '../types/type-display.ts';
import { infoOf } from '../types/type-info.ts';
import { embeddedModules, judgeCommand, judgeParameter, type KnownCommand, KnownCommands } from './commands.ts';
import { constructOf } from './constructs.ts';
import {
  approximated,
  type CheckReport,
  covered,
  type Finding,
  type Judgement,
  missing,
  type UseKind,
  unknown,
} from './finding.ts';
import { type InferenceScope, inferType } from './infer.ts';
import { judgeInstance, judgeStatic } from './members.ts';
import { referencesOf } from './references.ts';
import { type CheckedScript, type Declarations, declarationsOf, parseAll, plainText } from './script-set.ts';
import { KnownTypes } from './types.ts';
import { judgeVariable, variableTypes } from './variables.ts';
import { type Node, walk } from './walk.ts';

/**
 * Says of everything that scripts use, before anything of them runs, whether the engine has it: every command, parameter,
 * type, member and construct, with line and column. The scripts see one another's functions, classes and files.
 * @param registration what the run will have beside the language's own
 */
export function check(sources: readonly Source[], { types: added = [], cmdlets = [] }: Registration = {}): CheckReport {
  const scripts = parseAll(sources);
  const declarations = declarationsOf(scripts, embeddedModules(cmdlets));
  const types = new KnownTypes(declarations, added);
  const commands = new KnownCommands(declarations, cmdlets);
  const findings = scripts.flatMap((script) => new ScriptCheck(script, declarations, types, commands).findings());
  const syntaxErrors = scripts.flatMap(({ source, errors }) =>
    errors.map(({ id, message, start }) => ({ file: source.file, id, message, ...placeOf(source, start) })),
  );
  return {
    findings,
    syntaxErrors,
    runs: syntaxErrors.length === 0 && findings.every(({ state }) => state !== 'missing'),
  };
}

/**
 * Paths of the files that a script runs or imports, as far as its text tells them: to be checked with it.
 * @param source with its file: relative paths are from there
 */
export function referencedFiles(source: Source): readonly string[] {
  return referencesOf(source, parse(source).ast).flatMap(({ path }) => (path === undefined ? [] : [path]));
}

/** The check of one script. */
class ScriptCheck {
  readonly #source: Source;
  readonly #ast: ScriptBlockAst;
  readonly #declarations: Declarations;
  readonly #commands: KnownCommands;
  readonly #scope: InferenceScope;
  readonly #found: Finding[] = [];

  constructor({ source, ast }: CheckedScript, declarations: Declarations, types: KnownTypes, commands: KnownCommands) {
    this.#source = source;
    this.#ast = ast;
    this.#declarations = declarations;
    this.#commands = commands;
    const usings = ast.usings
      .filter(({ what }) => what === 'namespace')
      .flatMap(({ name }) => (name === undefined ? [] : [name.value]));
    this.#scope = { types, usings, variables: variableTypes(ast, types, usings) };
  }

  findings(): readonly Finding[] {
    walk(this.#ast, (node) => this.#visit(node));
    for (const { start, text, isModuleName } of referencesOf(this.#source, this.#ast)) {
      if (!this.#declarations.outside.includes(text)) continue;
      this.#add(
        { start },
        'module',
        text,
        isModuleName
          ? missing(`The module ${text} is not embedded, and not among the checked scripts.`)
          : approximated('It is not among the checked scripts.'),
      );
    }
    return this.#found.sort((left, right) => left.line - right.line || left.column - right.column);
  }

  #visit(node: Node): void {
    const construct = constructOf(node);
    if (construct !== undefined) this.#add(node, 'construct', construct.name, construct.judgement);
    switch (node.kind) {
      case 'command':
        this.#visitCommand(node);
        break;
      case 'type':
      case 'typeConstraint':
        this.#visitType(node, node.typeName);
        break;
      case 'convert':
        // A word of the language, and no type: `[ordered]@{ }`.
        if (typeNameText(node.typeName).toLowerCase() !== 'ordered') this.#visitCast(node);
        break;
      case 'catch':
        for (const type of node.types) this.#visitType(type, type);
        break;
      case 'trap':
        if (node.type !== undefined) this.#visitType(node.type, node.type);
        break;
      case 'attribute':
        this.#visitAttribute(node);
        break;
      case 'member':
      case 'invokeMember':
        this.#visitMember(node);
        break;
      case 'variable': {
        const judgement = judgeVariable(node);
        if (judgement !== undefined) this.#add(node, 'variable', `$${node.path}`, judgement);
      }
    }
  }

  #visitType(place: Node, name: TypeName): void {
    this.#add(place, 'type', `[${typeNameText(name)}]`, this.#scope.types.judge(name, this.#scope.usings));
  }

  /** A text becomes an object of a class by what the class makes of texts. */
  #visitCast(node: ExpressionAst & { kind: 'convert' }): void {
    const type = this.#scope.types.find(node.typeName, this.#scope.usings);
    const isText = inferType(node.operand, this.#scope) === netTypes.string;
    const judgement =
      type !== undefined && isText && !takesText(type)
        ? missing(`A text does not become a [${languageName(type)}] here.`)
        : this.#scope.types.judge(node.typeName, this.#scope.usings);
    this.#add(node, 'type', `[${typeNameText(node.typeName)}]`, judgement);
  }

  #visitAttribute(node: AttributeAst): void {
    const judgement = this.#scope.types.judgeAttribute(node.typeName);
    this.#add(node, 'type', `[${typeNameText(node.typeName)}()]`, judgement);
  }

  #visitCommand(command: CommandAst): void {
    const [head] = command.elements;
    if (head === undefined) return;
    const name = plainText(head);
    if (name === undefined) {
      if (head.kind === 'scriptBlockExpression') return;
      this.#add(
        head,
        'command',
        textOf(this.#source, head),
        approximated('Which command it is is known only when it runs.'),
      );
      return;
    }
    const known = this.#commands.find(name);
    const hasPlainArguments = command.elements.slice(1).every(({ kind }) => kind === 'string' || kind === 'parameter');
    this.#add(
      head,
      'command',
      nameOf(known, name),
      judgeCommand(known, name, hasPlainArguments, this.#declarations.outside),
    );
    if (known?.kind === 'cmdlet') this.#visitParameters(command, known.cmdlet);
  }

  /** Without a name of an assembly it is code that would be compiled. */
  #visitAddType(command: CommandAst, cmdlet: CmdletDescription): void {
    const named = command.elements.flatMap((element) => (element.kind === 'parameter' ? [element.name] : []));
    if (named.length > 0) return;
    const [head] = command.elements;
    const { name, judgement } = judgeParameter(cmdlet, 'TypeDefinition');
    if (head !== undefined && command.elements.length > 1) this.#add(head, 'parameter', name, judgement);
  }

  #visitParameters(command: CommandAst, cmdlet: CmdletDescription): void {
    for (const element of command.elements) {
      // `--` ends the parameters.
      if (element.kind !== 'parameter' || element.name === '-') continue;
      const { name, judgement } = judgeParameter(cmdlet, element.name);
      this.#add(element, 'parameter', name, judgement);
    }
    if (cmdlet.name === 'New-Object') this.#visitNewObject(command);
    if (cmdlet.name === 'Add-Type') this.#visitAddType(command, cmdlet);
  }

  /** The type that `New-Object` makes. */
  #visitNewObject(command: CommandAst): void {
    const element = command.elements.slice(1).find(({ kind }) => kind !== 'parameter');
    const text = plainText(element);
    if (element === undefined) return;
    if (text === undefined) {
      this.#add(
        element,
        'type',
        textOf(this.#source, element),
        approximated('Which type it is is known only when it runs.'),
      );
      return;
    }
    const judgement: Judgement =
      this.#declarations.types.has(text.toLowerCase()) ||
      this.#scope.types.findText(text, this.#scope.usings) !== undefined
        ? covered
        : unknown(`The type [${text}] is not embedded`, this.#declarations.outside);
    this.#add(element, 'type', `[${text}]`, judgement);
  }

  #visitMember(node: ExpressionAst & { kind: 'member' | 'invokeMember' }): void {
    const isCall = node.kind === 'invokeMember';
    const count = isCall ? node.arguments.length : undefined;
    const name = plainText(node.member);
    const written = textOf(this.#source, node.member);
    if (name === undefined) {
      if (isCall)
        this.#add(node.member, 'member', written, approximated('Which method it is is known only when it runs.'));
      return;
    }
    if (!node.isStatic) {
      const target = inferType(node.target, this.#scope);
      const full = target === undefined ? `.${name}` : `[${languageName(target)}].${name}`;
      this.#add(
        node.member,
        'member',
        isCall ? `${full}()` : full,
        judgeInstance(target, name, count, this.#declarations, this.#scope.types.registered),
      );
      return;
    }
    if (node.target.kind !== 'type') return;
    const type = this.#scope.types.find(node.target.typeName, this.#scope.usings);
    // An unknown type is told where it is named; members of the scripts' own classes are theirs.
    if (type === undefined) return;
    const full = `[${languageName(type)}]::${name}`;
    this.#add(node.member, 'member', isCall ? `${full}()` : full, judgeStatic(type, name, count));
  }

  #add(place: { readonly start: number }, kind: UseKind, name: string, judgement: Judgement): void {
    this.#found.push({ file: this.#source.file, kind, name, ...placeOf(this.#source, place.start), ...judgement });
  }
}

/** False for classes that nothing of which is here makes from a text. */
function takesText(type: NetType): boolean {
  if (type.element !== undefined || !type.isDescribed || type.kind !== 'class') return true;
  const { parse: fromText, convertFrom, isAbstract } = type.description;
  const isMade = fromText !== undefined || convertFrom !== undefined || infoOf(type).constructors.length > 0;
  return isMade || isAbstract === true || type.name.startsWith('System.Management.Automation.');
}

function nameOf(known: KnownCommand | undefined, written: string): string {
  return known === undefined ? written : known.kind === 'cmdlet' ? known.cmdlet.name : known.name;
}

/** What stands at a place, on one line. */
function textOf(source: Source, { start, end }: { readonly start: number; readonly end: number }): string {
  const text = source.text.slice(start, end).replaceAll(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
