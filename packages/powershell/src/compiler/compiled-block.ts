import type { Evaluate, Execute } from '../runtime/frame.ts';
import type { SlotLayout } from '../runtime/scope.ts';
import type { ParameterAst, ScriptBlockAst } from '../syntax/tree/index.ts';

/**
 * A script block as closures, made once per syntax tree by `compileBlock`. Whoever runs it (`runtime/pipeline`) makes the
 * frame: scope, slots, streams, and calls the parts.
 */
export interface CompiledBlock {
  readonly ast: ScriptBlockAst;
  /** Folded variable names to slots: the layout of a scope opened for the block, and the length of a frame's `locals`. */
  readonly layout: SlotLayout;
  readonly parameters: readonly CompiledParameter[];
  readonly dynamicParam: Execute | undefined;
  readonly begin: Execute | undefined;
  readonly process: Execute | undefined;
  readonly end: Execute | undefined;
  readonly clean: Execute | undefined;
}

export interface CompiledParameter {
  readonly ast: ParameterAst;
  /** As declared, without `$`. */
  readonly name: string;
  readonly folded: string;
  /** Its slot in `Frame.locals`. */
  readonly slot: number;
  /** Runs in the function's own frame, after the parameters before it have their values. */
  readonly defaultValue: Evaluate | undefined;
}
