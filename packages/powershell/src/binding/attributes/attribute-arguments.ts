import { compileExpression } from '../../compiler/compile.ts';
import { CompileContext } from '../../compiler/context.ts';
import { Frame } from '../../runtime/frame.ts';
import { nowhere } from '../../runtime/output.ts';
import type { Session } from '../../runtime/session.ts';
import type { SessionState } from '../../runtime/session-state.ts';
import type { Source } from '../../syntax/source.ts';
import { type AttributeAst, type ExpressionAst, typeNameText } from '../../syntax/tree/index.ts';
import type { Value } from '../../values/value.ts';

/** An attribute with its arguments evaluated. */
export interface AttributeArguments {
  /** In lower case, without namespace and without the suffix `Attribute`: `parameter`, `validateset`. */
  readonly name: string;
  /** `undefined` where it was made as an object. */
  readonly ast: AttributeAst | undefined;
  readonly positional: readonly Value[];
  /** By folded name. */
  readonly named: ReadonlyMap<string, Value>;
}

/** Where attributes are evaluated: their source, and the world whose scopes their script blocks see. */
export interface AttributePlace {
  readonly source: Source;
  readonly state: SessionState;
  readonly session: Session;
}

export function attributeArguments(ast: AttributeAst, place: AttributePlace): AttributeArguments {
  const named = new Map<string, Value>();
  for (const { name, value, omitted } of ast.named) {
    named.set(name.toLowerCase(), omitted ? true : evaluate(value, place));
  }
  return { name: attributeName(ast), ast, positional: ast.positional.map((one) => evaluate(one, place)), named };
}

export function attributeName(ast: AttributeAst): string {
  return typeNameText(ast.typeName)
    .toLowerCase()
    .replace(/^(system\.)?management\.automation\./, '')
    .replace(/attribute$/, '');
}

function evaluate(ast: ExpressionAst, { source, state, session }: AttributePlace): Value {
  const context = new CompileContext(source);
  const run = compileExpression(ast, context);
  const locals = new Array<undefined>(context.layout.size).fill(undefined);
  const frame = new Frame(session, source, state.current, locals, nowhere, session.streams);
  const outer = session.frame;
  frame.caller = outer;
  session.frame = frame;
  try {
    return run(frame);
  } finally {
    session.frame = outer;
  }
}
