import library, { type NodeSet, type ViewedNode, type XPathBoolean, type XPathNumber, type XPathString } from '#xpath';
import { NetFailure, netFailure } from '../../errors/raise.ts';
import type { Budget } from '../../runtime/budget.ts';
import { checkXPath } from './check-xpath.ts';
import type { XmlNode } from './xml-node.ts';
import { XPathTree, XPathView } from './xpath-view.ts';

/** What prefixes of a query stand for; `undefined` where the caller gave no `XmlNamespaceManager`. */
export type Prefixes = ((prefix: string) => string | undefined) | undefined;

export type XPathResult = XmlNode[] | string | number | boolean;

/**
 * Evaluates an XPath 1.0 expression at a node. Nodes come in the order of the document.
 * Throws `NetFailure` (XPathException) with .NET's message for what is no expression.
 */
export function evaluateXPath(
  start: XmlNode,
  path: string,
  prefixes: Prefixes,
  budget: Pick<Budget, 'step'> | undefined,
): XPathResult {
  repairNodeSets();
  checkXPath(path, prefixes);
  try {
    const found = library.parse(path).evaluate({
      node: new XPathTree(budget).view(start),
      namespaces: (prefix) => prefixes?.(prefix),
      isHtml: false,
    });
    return resultOf(found);
  } catch (error) {
    throw asXPathFailure(error, path);
  }
}

/** Finds nodes. Throws `NetFailure` (XPathException) where the expression gives something else. */
export function selectNodes(
  start: XmlNode,
  path: string,
  prefixes: Prefixes,
  budget: Pick<Budget, 'step'> | undefined,
): XmlNode[] {
  const found = evaluateXPath(start, path, prefixes, budget);
  if (typeof found === 'object') return found;
  throw xpathFailure('Expression must evaluate to a node-set.');
}

function resultOf(found: NodeSet | XPathNumber | XPathString | XPathBoolean): XPathResult {
  if (found instanceof library.XNodeSet) {
    return found.toArray().flatMap((view) => (view instanceof XPathView ? [view.node] : []));
  }
  if (found instanceof library.XNumber) return found.numberValue();
  if (found instanceof library.XBoolean) return found.booleanValue();
  return found instanceof library.XString ? found.stringValue() : '';
}

export function xpathFailure(message: string): NetFailure {
  return netFailure('System.Xml.XPath.XPathException', message);
}

/** The library throws plain errors; what the budget throws goes on as it is. */
function asXPathFailure(error: unknown, path: string): unknown {
  if (error instanceof NetFailure || !(error instanceof Error)) return error;
  if (error instanceof RangeError) return xpathFailure('The xpath query is too complex.');
  if (error.constructor !== Error && error.constructor.name !== 'XPathException') return error;
  const called = /[Ff]unction (\S+?)(?:\(| expects)/.exec(error.message)?.[1];
  if (called !== undefined) {
    return xpathFailure(`The argument to function '${called}' in '${path}' cannot be converted to a node-set.`);
  }
  return /node-?set/i.test(error.message)
    ? xpathFailure('Expression must evaluate to a node-set.')
    : xpathFailure(`'${path}' has an invalid token.`);
}

/** Numbers of axes in the library. */
const following = 6;
const preceding = 10;

let isRepaired = false;

/**
 * The library keeps a set of nodes as a list that it searches from its start at each addition, sorts it by walking up from
 * each node, finds the text of an element by a call for each level, and keeps what several steps found more than once: all
 * of it takes the square of the time on a long document, or worse. These take its time times its logarithm.
 */
function repairNodeSets(): void {
  if (isRepaired) return;
  isRepaired = true;
  const sets = library.XNodeSet.prototype;
  sets.add = function (this: NodeSet, node: ViewedNode): void {
    this.known ??= new Set(this.nodes);
    if (this.known.has(node)) return;
    this.known.add(node);
    this.nodes.push(node);
    this.size++;
  };
  sets.addArray = function (this: NodeSet, nodes: readonly ViewedNode[]): void {
    for (const node of nodes) this.add(node);
  };
  sets.toArray = function (this: NodeSet): ViewedNode[] {
    return [...this.nodes].sort((left, right) => (left.order ?? 0) - (right.order ?? 0));
  };
  sets.first = function (this: NodeSet): ViewedNode | null {
    if (this.nodes.length < 2) return this.nodes[0] ?? null;
    return this.nodes.reduce((first, node) => (node.order < first.order ? node : first));
  };
  sets.stringForNode = (node) => (node instanceof XPathView ? node.node.textBelow : '');
  const { applyStep, applySteps } = library.PathExpr;
  // Its own take what is below the node for what follows, and what is above it for what comes before.
  library.PathExpr.applyStep = (step, context, node) => {
    if (!(node instanceof XPathView) || (step.axis !== following && step.axis !== preceding)) {
      return applyStep(step, context, node);
    }
    const found = step.axis === following ? node.following() : node.preceding();
    return [...found].filter((one) => step.nodeTest.matches(one, context));
  };
  library.PathExpr.applySteps = (steps, context, nodes) =>
    steps.reduce<ViewedNode[]>((found, step) => [...new Set(applySteps([step], context, found))], [...nodes]);
}
