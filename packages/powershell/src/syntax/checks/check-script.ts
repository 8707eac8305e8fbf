import type { ParseErrorId } from '../messages.ts';
import type { Extent, ScriptBlockAst } from '../tree/index.ts';
import { type Node, visitChildren } from '../walk.ts';
import { checkAssignment, checkIncrement } from './assignments.ts';
import { checkAttribute } from './attributes.ts';
import type { CheckContext, ParseTypes } from './context.ts';
import { checkData } from './data.ts';
import { checkAttributed, checkConvert, checkHashtable, checkUsing, checkVariable } from './expressions.ts';
import { checkCatches, checkJump, checkReturn } from './flow.ts';
import { checkForEachFlags, checkFunction, checkParamBlock, checkParameter, checkSwitchFlags } from './functions.ts';
import { checkMethod, checkProperty } from './methods.ts';
import { resolveSymbols } from './symbols.ts';
import { checkUsingStatement } from './usings.ts';

type Report = (id: ParseErrorId, extent: Extent, ...args: readonly string[]) => void;

/**
 * Refuses what parses but means nothing: keys that stand twice, targets that take no value, jumps out of `finally` and the
 * like. Nodes are checked in the order of the text, each before what it holds.
 */
export function checkScript(script: ScriptBlockAst, types: ParseTypes | undefined, report: Report): void {
  const path: Node[] = [];
  const usings = script.usings.flatMap(({ what, name }) => (what === 'namespace' && name ? [name.value] : []));
  const text = ({ start, end }: Extent): string => script.source.text.slice(start, end);
  // The types of a used module are known only once it is imported; what names none of all is found when they are defined.
  const known = script.usings.some(({ what }) => what === 'module') ? undefined : types;
  const context: CheckContext = { types: known, usings, path, report, text };
  resolveSymbols(script, context);
  const visit = (node: Node): void => {
    check(node, context);
    path.push(node);
    visitChildren(node, visit);
    path.pop();
  };
  visit(script);
}

function check(node: Node, context: CheckContext): void {
  switch (node.kind) {
    case 'variable':
      checkVariable(node, context);
      return;
    case 'hashtable':
      checkHashtable(node, context);
      return;
    case 'convert':
      checkConvert(node, context);
      return;
    case 'attributed':
      checkAttributed(node, context);
      return;
    case 'unary':
      checkIncrement(node, context);
      return;
    case 'assignment':
      checkAssignment(node, context);
      return;
    case 'using':
      checkUsing(node, context);
      return;
    case 'attribute':
      checkAttribute(node, context);
      return;
    case 'parameterDefinition':
      checkParameter(node, context);
      return;
    case 'function':
      checkFunction(node, context);
      return;
    case 'scriptBlock':
      checkParamBlock(node, context);
      return;
    case 'switch':
      checkSwitchFlags(node, context);
      return;
    case 'forEach':
      checkForEachFlags(node, context);
      return;
    case 'try':
      checkCatches(node, context);
      return;
    case 'break':
    case 'continue':
      checkJump(node, context);
      return;
    case 'return':
      checkReturn(node, context);
      return;
    case 'method':
      checkMethod(node, context);
      return;
    case 'property':
      checkProperty(node, context);
      return;
    case 'data':
      checkData(node, context);
      return;
    case 'usingStatement':
      checkUsingStatement(node, context);
      return;
    case 'block': {
      const word = { start: node.start, end: node.start + node.word.length };
      context.report('UnexpectedKeyword', word, node.word);
    }
  }
}
