import { DotNetRegex } from '@joinery/expressions';
import { problem, toProblem } from '@joinery/problems';

/**
 * A REGEX MATCH pattern: .NET syntax, searched anywhere in the value and not anchored (engine sheet 7.2: `([1-9][0-9])`
 * finds a match in `100`).
 * @throws ENGINE_SCOPE_OPERAND_INVALID when it is no pattern; the compiled test throws EXPRESSION_REGEX_TOO_COSTLY
 */
export function compilePattern(pattern: string, place: string): (value: string) => boolean {
  const regex = parse(pattern, place);
  return (value) => regex.isMatch(value);
}

function parse(pattern: string, place: string): DotNetRegex {
  try {
    return new DotNetRegex(pattern);
  } catch (cause) {
    throw problem('ENGINE_SCOPE_OPERAND_INVALID', toProblem(cause).detail, { place, cause });
  }
}
