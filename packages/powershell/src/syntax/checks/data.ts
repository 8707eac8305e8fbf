import type { ParseErrorId } from '../messages.ts';
import type { CommandAst, DataStatement, Extent, TypeName } from '../tree/index.ts';
import { typeNameText } from '../tree/index.ts';
import { type Node, visitChildren } from '../walk.ts';
import type { CheckContext } from './context.ts';

const variables = new Set(['psculture', 'psuiculture', 'true', 'false', 'null']);
const variableText = '$PSCulture, $PSUICulture, $true, $false, $null';

const types =
  /^(?:system\.)?(?:bool|boolean|char|sbyte|byte|int16|short|uint16|ushort|int32|int|uint32|uint|int64|long|uint64|ulong|single|float|double|decimal|datetime|string)$/i;

/** Operators that could run code or make endless values. */
const refusedOperators = /^(?:\.\.|-f|-as|-join|-[ic](?:match|notmatch|replace|split)|\+\+|--|post\+\+|post--)$/;

const refusedKinds = new Map<Node['kind'], ParseErrorId>([
  ['scriptBlock', 'ScriptBlockNotSupportedInDataSection'],
  ['scriptBlockExpression', 'ScriptBlockNotSupportedInDataSection'],
  ['attribute', 'AttributeNotSupportedInDataSection'],
  ['attributed', 'AttributeNotSupportedInDataSection'],
  ['function', 'FunctionDeclarationNotSupportedInDataSection'],
  ['trap', 'TrapStatementNotSupportedInDataSection'],
  ['switch', 'SwitchStatementNotSupportedInDataSection'],
  ['data', 'DataSectionStatementNotSupportedInDataSection'],
  ['forEach', 'ForeachStatementNotSupportedInDataSection'],
  ['doWhile', 'DoWhileStatementNotSupportedInDataSection'],
  ['doUntil', 'DoWhileStatementNotSupportedInDataSection'],
  ['for', 'ForWhileStatementNotSupportedInDataSection'],
  ['while', 'ForWhileStatementNotSupportedInDataSection'],
  ['try', 'TryStatementNotSupportedInDataSection'],
  ['break', 'FlowControlStatementNotSupportedInDataSection'],
  ['continue', 'FlowControlStatementNotSupportedInDataSection'],
  ['return', 'FlowControlStatementNotSupportedInDataSection'],
  ['exit', 'FlowControlStatementNotSupportedInDataSection'],
  ['throw', 'FlowControlStatementNotSupportedInDataSection'],
  ['assignment', 'AssignmentStatementNotSupportedInDataSection'],
  ['mergingRedirection', 'RedirectionNotSupportedInDataSection'],
  ['fileRedirection', 'RedirectionNotSupportedInDataSection'],
  ['member', 'PropertyReferenceNotSupportedInDataSection'],
  ['invokeMember', 'MethodCallNotSupportedInDataSection'],
  ['index', 'ArrayReferenceNotSupportedInDataSection'],
  ['block', 'ParallelAndSequenceBlockNotSupportedInDataSection'],
]);

/** A data section holds data: constants, lists, tables, and the commands it names. */
export function checkData(node: DataStatement, context: CheckContext): void {
  const constant = node.commandsAllowed.every(({ kind }) => kind === 'string');
  // Commands named by variables are known only when the section runs.
  const commands = constant
    ? new Set(['convertfrom-stringdata', ...node.commandsAllowed.map((each) => context.text(each).toLowerCase())])
    : undefined;
  const language: DataLanguage = { commands, variables, variableText, environment: false };
  checkDataLanguage(node.body, language, context);
}

/** What code of the data language may name. */
export interface DataLanguage {
  /** Folded; `undefined` allows every command. */
  readonly commands: ReadonlySet<string> | undefined;
  /** Folded; `undefined` allows every variable. */
  readonly variables: ReadonlySet<string> | undefined;
  /** The same, as a message lists them. */
  readonly variableText: string;
  /** Whether `$env:` is allowed. */
  readonly environment: boolean;
}

type Reporter = Pick<CheckContext, 'report' | 'text'>;

/** Refuses what the data language does not have; also for `CheckRestrictedLanguage` and data files. */
function checkDataLanguage(block: Node, language: DataLanguage, context: Reporter): void {
  const refuseType = (type: TypeName, extent: Extent): void => {
    const element = type.kind === 'arrayType' ? type.element : type;
    if (element.kind !== 'simpleType' || !types.test(element.name)) {
      context.report('TypeNotAllowedInDataSection', extent, typeNameText(type));
    }
  };
  const visit = (node: Node): void => {
    const refused = refusedKinds.get(node.kind);
    if (refused !== undefined) context.report(refused, node);
    switch (node.kind) {
      case 'variable':
        checkDataVariable(node, language, context);
        break;
      case 'command':
        checkCommand(node, language, context);
        break;
      case 'type':
        refuseType(node.typeName, node);
        break;
      case 'convert':
        refuseType(node.typeName, { start: node.start, end: node.typeName.end + 1 });
        break;
      case 'binary':
        if (refusedOperators.test(node.operator)) {
          const extent = { start: node.operatorStart, end: node.operatorStart + node.operator.length };
          context.report('OperatorNotSupportedInDataSection', extent, node.operator);
        }
        break;
      case 'unary':
        if (refusedOperators.test(node.operator)) {
          context.report('OperatorNotSupportedInDataSection', node, node.operator.replace('post', ''));
        }
    }
    visitChildren(node, visit);
  };
  visitChildren(block, visit);
}

function checkDataVariable(node: Node & { kind: 'variable' }, language: DataLanguage, context: Reporter): void {
  if (language.variables === undefined || language.variables.has(node.path.toLowerCase())) return;
  if (language.environment && node.scope === 'env') return;
  context.report('VariableReferenceNotSupportedInDataSection', node, language.variableText);
}

function checkCommand(node: CommandAst, language: DataLanguage, context: Reporter): void {
  if (node.invocation === 'dot') {
    context.report('DotSourcingNotSupportedInDataSection', node);
    return;
  }
  if (language.commands === undefined) return;
  const [name] = node.elements;
  if (name?.kind !== 'string') {
    if (node.invocation === 'call') context.report('OperatorNotSupportedInDataSection', node, '&');
    else context.report('CmdletNotInAllowedListForDataSection', node, context.text(node));
  } else if (!language.commands.has(name.value.toLowerCase())) {
    context.report('CmdletNotInAllowedListForDataSection', node, name.value);
  }
}
