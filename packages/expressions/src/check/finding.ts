import { type Problem, type ProblemCode, problem } from '@joinery/problems';
import { type Place, placeText } from '../syntax/place.ts';

/** Something that is wrong with an expression, or worth knowing before it is used. */
export interface ExpressionFinding {
  /** An expression with an error must not be used; a warning leaves the choice to the person. */
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  /** What was found, with the names that help. */
  readonly detail: string;
  /** What to do about it, where this place knows better than the error table. */
  readonly fix?: string;
  readonly place: Place;
}

export function findingProblem(finding: ExpressionFinding): Problem {
  const place = placeText(finding.place);
  return problem(finding.code, finding.detail, finding.fix === undefined ? { place } : { place, fix: finding.fix });
}
