import type { Execute } from '../runtime/frame.ts';
import type { Source } from '../syntax/source.ts';
import type { NamedBlock, ParameterAst, ScriptBlockAst, UsingStatement } from '../syntax/tree/index.ts';
import type { CompiledBlock, CompiledParameter } from './compiled-block.ts';
import { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileStatements } from './statement-list.ts';

const compiled = new WeakMap<ScriptBlockAst, CompiledBlock>();

/** The `using` statements of a script hold for every block in it. */
const usings = new WeakMap<Source, readonly UsingStatement[]>();

export interface BlockOptions {
  /** The body of a method of a class: see {@link CompileContext.isMethod}. */
  readonly isMethod?: boolean;
  /** The parameters where they stand before the braces: `function f($a) { }`, methods. */
  readonly parameters?: readonly ParameterAst[] | undefined;
}

/** Compiles a script block; once per tree. */
export function compileBlock(ast: ScriptBlockAst, options: BlockOptions = {}): CompiledBlock {
  const known = compiled.get(ast);
  if (known !== undefined) return known;
  if (ast.usings.length > 0) usings.set(ast.source, ast.usings);
  const context = new CompileContext(ast.source, usings.get(ast.source), options.isMethod ?? false);
  const declared = options.parameters ?? ast.parameters ?? [];
  // Parameters have the first slots, so that who binds them finds them by their place.
  const slots = declared.map((parameter) => context.slot(parameter.name.toLowerCase()));
  const parameters = declared.map(
    (parameter, index): CompiledParameter => ({
      ast: parameter,
      name: parameter.name,
      folded: parameter.name.toLowerCase(),
      slot: slots[index] ?? 0,
      defaultValue:
        parameter.defaultValue === undefined ? undefined : compileExpression(parameter.defaultValue, context),
    }),
  );
  const block: CompiledBlock = {
    ast,
    layout: context.layout,
    parameters,
    dynamicParam: compileNamed(ast.dynamicParamBlock, context),
    begin: compileNamed(ast.beginBlock, context),
    process: compileNamed(ast.processBlock, context),
    end: compileNamed(ast.endBlock, context),
    clean: compileNamed(ast.cleanBlock, context),
  };
  compiled.set(ast, block);
  return block;
}

function compileNamed(block: NamedBlock | undefined, context: CompileContext): Execute | undefined {
  return block === undefined ? undefined : compileStatements(block.statements, block.traps, context);
}
