import { isDeepStrictEqual } from 'node:util';
import { problem } from '@joinery/problems';
import type { Parameter } from '../functions/definition.ts';
import { functions } from '../functions/registry.ts';
import { isAttributeName } from '../syntax/attribute-name.ts';
import { maximumDepth, parseExpression } from '../syntax/parse.ts';
import type { Place } from '../syntax/place.ts';
import { printExpression } from '../syntax/print.ts';
import { comparisonOperators, type Expression, keywords } from '../syntax/tree.ts';
import { readInteger } from '../values/number.ts';
import { comparisonKeys, type MappingSource } from './mapping-source.ts';
import { toMappingSource } from './to-mapping-source.ts';

/**
 * Reads an `attributeMappingSource` of a schema document. The tree counts; a text beside it must mean the same,
 * except that a Function without parameters is read from its text, as hand-written documents leave the tree out.
 * Places in the result count in the printed text of the tree.
 * @param source JSON of unknown shape; unknown members are ignored (Graph sheet 18)
 * @param path where the source stands in its document, for problems
 * @throws EXPRESSION_SOURCE_INVALID, EXPRESSION_SOURCE_CONTRADICTS, and what {@link parseExpression} throws
 */
export function fromMappingSource(source: unknown, path = 'source'): Expression {
  const text = isRecord(source) && typeof source.expression === 'string' ? source.expression.trim() : '';
  if (isRecord(source) && text !== '' && lacksTree(source)) return parseExpression(text);
  const printed = printExpression(readSource(source, path, 0));
  const expression = parseExpression(printed);
  if (text !== '' && !sameMeaning(expression, parseExpression(text), source)) {
    throw problem('EXPRESSION_SOURCE_CONTRADICTS', `The text says ${text}, the parameters say ${printed}.`, {
      place: path,
    });
  }
  return expression;
}

function lacksTree(source: Readonly<Record<string, unknown>>): boolean {
  const { type, name, parameters } = source;
  if (type === undefined || type === null || name === undefined || name === null) return true;
  return type === 'Function' && (!Array.isArray(parameters) || parameters.length === 0);
}

/** Two trees mean the same when their wire forms agree in everything but the text: 8 and "8" are one constant there. */
function sameMeaning(tree: Expression, text: Expression, source: unknown): boolean {
  // Published constants carry their bare value as text now and then: name "10000", expression "10000".
  if (tree.kind === 'text' && isRecord(source) && source.expression === tree.value) return true;
  return isDeepStrictEqual(treeOf(toMappingSource(tree)), treeOf(toMappingSource(text)));
}

function treeOf({ type, name, parameters }: MappingSource): unknown {
  return [type, name, parameters.map(({ key, value }) => [key, treeOf(value)])];
}

/** Nodes made here are only printed; their place is the one of the text that comes of it. */
const nowhere: Place = { offset: 0, line: 1, column: 1 };

function readSource(source: unknown, path: string, depth: number, parameter?: Parameter): Expression {
  if (depth > maximumDepth) throw invalid(path, `It is nested more than ${maximumDepth} deep.`);
  if (!isRecord(source)) throw invalid(path, 'It is not an object.');
  const { type, name, parameters } = source;
  if (typeof name !== 'string') throw invalid(path, 'It has no name.');
  switch (type) {
    case 'Attribute':
      if (!isAttributeName(name)) throw invalid(path, `${JSON.stringify(name)} cannot be the name of an attribute.`);
      return { kind: 'attribute', name, place: nowhere };
    case 'Constant':
      return readConstant(name, parameter);
    case 'Function':
      return readFunction(name, readParameters(parameters, path), path, depth);
    default:
      throw invalid(path, `Its type is ${JSON.stringify(type)}.`);
  }
}

function readConstant(name: string, parameter: Parameter | undefined): Expression {
  const keyword = parameter?.type === 'Keyword' ? keywords.find((known) => known === name) : undefined;
  if (keyword !== undefined) return { kind: 'keyword', name: keyword, place: nowhere };
  const isNumber =
    parameter?.type === 'Integer' && readInteger(name) !== undefined && /^(?:-?\d+|&[Hh][\dA-Fa-f]+)$/.test(name);
  return isNumber ? { kind: 'number', text: name, place: nowhere } : { kind: 'text', value: name, place: nowhere };
}

interface ReadParameter {
  readonly key: string;
  readonly value: unknown;
  readonly path: string;
}

function readParameters(parameters: unknown, path: string): ReadParameter[] {
  if (parameters === undefined || parameters === null) return [];
  if (!Array.isArray(parameters)) throw invalid(path, 'Its parameters are not a list.');
  return parameters.map((entry: unknown, index) => {
    const place = `${path}/parameters/${index}`;
    if (!isRecord(entry) || typeof entry.key !== 'string') throw invalid(place, 'It has no key.');
    return { key: entry.key, value: entry.value, path: `${place}/value` };
  });
}

function readFunction(name: string, given: readonly ReadParameter[], path: string, depth: number): Expression {
  const operator = comparisonOperators.find((known) => known === name);
  if (operator !== undefined) {
    const [left, right] = comparisonKeys.map((key) => given.find((entry) => entry.key === key));
    if (left === undefined || right === undefined) throw invalid(path, `The comparison ${name} needs left and right.`);
    return {
      kind: 'comparison',
      operator,
      left: readSource(left.value, left.path, depth + 1),
      right: readSource(right.value, right.path, depth + 1),
      place: nowhere,
    };
  }
  const definition = functions.get(name);
  if (definition === undefined) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      throw invalid(path, `${JSON.stringify(name)} cannot be the name of a function.`);
    const positional = given.map((entry) => readSource(entry.value, entry.path, depth + 1));
    return { kind: 'call', name, arguments: positional, place: nowhere };
  }
  const { parameters } = definition;
  const single: (Expression | undefined)[] = parameters.filter(isSingle).map(() => undefined);
  const repeated: Expression[] = [];
  for (const entry of given) {
    const index = parameters.findIndex((parameter) => takes(parameter, entry.key));
    const parameter = parameters[index];
    if (parameter === undefined) throw invalid(entry.path, `${name} has no parameter ${entry.key}.`);
    const value = readSource(entry.value, entry.path, depth + 1, parameter);
    if (parameter.repeating !== undefined) repeated.push(value);
    else if (single[index] === undefined) single[index] = value;
    else throw invalid(entry.path, `${name} takes one ${entry.key}.`);
  }
  return { kind: 'call', name, arguments: [...single, ...repeated], place: nowhere };
}

function isSingle(parameter: Parameter): boolean {
  return parameter.repeating === undefined;
}

/** Keys by wire name or alias, in any case; repeated ones with or without their number. */
function takes(parameter: Parameter, key: string): boolean {
  const folded = key.toLowerCase();
  const bare = parameter.repeating === undefined ? folded : folded.replace(/\d+$/, '');
  return [parameter.name, ...(parameter.aliases ?? [])].some((name) => {
    const known = name.toLowerCase();
    return known === folded || known === bare;
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(path: string, detail: string): Error {
  return problem('EXPRESSION_SOURCE_INVALID', detail, { place: path });
}
