import { type ProblemCode, toProblem } from '@joinery/problems';
import type { Place } from '../syntax/place.ts';
import type { CallNode } from '../syntax/tree.ts';
import { Arguments } from './arguments.ts';
import type { FunctionDefinition } from './definition.ts';

/** Takes a finding: an error stops the expression from being used, a warning does not. */
export type Report = (
  severity: 'error' | 'warning',
  code: ProblemCode,
  detail: string,
  place: Place,
  fix?: string,
) => void;

/** A call as a function's own check sees it. */
export class CheckedCall extends Arguments {
  readonly #report: Report;

  constructor(node: CallNode, definition: FunctionDefinition, report: Report) {
    super(node, definition);
    this.#report = report;
  }

  /** Reports an error at a parameter's argument, or at the call where the argument is missing. */
  error(code: ProblemCode, detail: string, parameter?: string, fix?: string): void {
    this.#report('error', code, detail, this.#placeOf(parameter), fix);
  }

  warning(code: ProblemCode, detail: string, parameter?: string, fix?: string): void {
    this.#report('warning', code, detail, this.#placeOf(parameter), fix);
  }

  /** Runs something that throws a problem for a bad constant, and reports the problem instead. */
  attempt(parameter: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      const found = toProblem(error);
      if (found.kind === 'internal') throw error;
      this.#report('error', found.code, found.detail, this.#placeOf(parameter), found.fix);
    }
  }

  #placeOf(parameter: string | undefined): Place {
    return (parameter === undefined ? undefined : this.single(parameter))?.place ?? this.node.place;
  }
}
