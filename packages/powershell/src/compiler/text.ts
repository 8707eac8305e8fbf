import { toText } from '../conversion/text.ts';
import type { Evaluate } from '../runtime/frame.ts';
import type { ExpandableString } from '../syntax/tree/index.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';

/** Over this length a text is announced to the budget before it is made. */
const largeText = 1 << 20;

/** Text with variables and sub-expressions in it. */
export function compileText(ast: ExpandableString, context: CompileContext): Evaluate {
  const { isInText } = context;
  context.isInText = true;
  const parts = ast.parts.map((part) => (typeof part === 'string' ? part : compileExpression(part, context)));
  context.isInText = isInText;
  return (frame) => {
    let text = '';
    for (const part of parts) {
      if (typeof part === 'string') {
        text += part;
        continue;
      }
      const value = part(frame);
      text += typeof value === 'string' ? value : typeof value === 'number' ? `${value}` : toText(value, frame.session);
    }
    if (text.length > largeText) frame.session.budget.reserve(text.length * 2);
    return text;
  };
}
