/** The compiler's entry points: a script block as closures, and its pieces for whoever makes more of them. */
export { type BlockOptions, compileBlock } from './block.ts';
export { compileExpression } from './expression.ts';
export { compileStatement, compileStatementValue } from './statement.ts';
