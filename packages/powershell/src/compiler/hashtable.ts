import { placedAt } from '../errors/place-error.ts';
import type { Evaluate, Frame } from '../runtime/frame.ts';
import type { Extent, HashtableExpression } from '../syntax/tree/index.ts';
import { addLiteralPairs, Hashtable } from '../types/collections/hashtable.ts';
import type { Dictionary } from '../values/dictionary.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileStatementValue } from './statement.ts';

/** `@{ … }` */
export function compileHashtable(ast: HashtableExpression, context: CompileContext): Evaluate {
  const fill = compileFill(ast, context);
  return (frame) => fill(frame, new Hashtable());
}

/** Puts the pairs of a literal into a new dictionary. A key that is null or there already is an error at the key. */
export function compileFill(
  ast: HashtableExpression,
  context: CompileContext,
): (frame: Frame, dictionary: Dictionary) => Dictionary {
  const pairs = compilePairs(ast, context);
  return (frame, dictionary) => {
    for (const { position, key, value } of pairs) {
      const name = key(frame);
      const item = value(frame) ?? null;
      if (name === null || name === undefined || !dictionary.add(name, item)) refuse(dictionary, name, position, frame);
    }
    return dictionary;
  };
}

interface CompiledPair {
  readonly position: Extent;
  readonly key: Evaluate;
  readonly value: Evaluate;
}

/** The pairs of a literal in the order written. */
export function compilePairs(ast: HashtableExpression, context: CompileContext): readonly CompiledPair[] {
  return ast.pairs.map((pair) => ({
    position: pair.key,
    key: compileExpression(pair.key, context),
    value: compileStatementValue(pair.value, context),
  }));
}

function refuse(dictionary: Dictionary, key: Value, position: Extent, frame: Frame): void {
  placedAt(position, frame, () => addLiteralPairs(dictionary, [[key, null]], frame.session));
}
