import type { ProblemDefinition, ProblemKind, Retry, ScimType } from './definition.ts';
import { type ProblemCode, problemTable } from './table.ts';

/** What a caller may add to a code. Everything here except `cause` may reach a client: no secrets. */
export interface ProblemOptions {
  /** Where: a file with line and column, a URL path, an attribute, a setting. */
  readonly place?: string;
  /** The fault underneath; only logs see it. */
  readonly cause?: unknown;
  /** Seconds a caller should wait before trying again; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** Replaces the table's fix where the place knows better. */
  readonly fix?: string;
}

/** The one error class of the product: a code of the table, a sentence for this occurrence, and where it happened. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  /** The sentence for this occurrence, safe to show to a client. */
  readonly detail: string;
  readonly place: string | undefined;
  readonly fix: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(options.place === undefined ? detail : `${options.place}: ${detail}`, { cause: options.cause });
    this.code = code;
    this.detail = detail;
    this.place = options.place;
    this.fix = options.fix ?? problemTable[code].fix;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get definition(): ProblemDefinition {
    return problemTable[this.code];
  }
  get kind(): ProblemKind {
    return this.definition.kind;
  }
  get retry(): Retry {
    return this.definition.retry;
  }
  get status(): number {
    return this.definition.status;
  }
  get scimType(): ScimType | undefined {
    return this.definition.scimType;
  }
}

/**
 * Builds a problem.
 * @param code a code of the table
 * @param detail what happened this time, in words, with the values that help and no secret
 */
export function problem(code: ProblemCode, detail: string, options: ProblemOptions = {}): Problem {
  return new Problem(code, detail, options);
}

/** True for a problem, and narrowed to one code where `code` is given. */
export function isProblem(error: unknown, code?: ProblemCode): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}

/**
 * The problem that an unknown fault stands for: itself when it is one, `RUNTIME_CANCELLED` for an abort,
 * otherwise `RUNTIME_INTERNAL` with the fault as cause and no word of it in the detail.
 */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Error && error.name === 'AbortError') {
    return new Problem('RUNTIME_CANCELLED', 'The work was cancelled.', { cause: error });
  }
  return new Problem('RUNTIME_INTERNAL', 'Something unexpected went wrong.', { cause: error });
}
