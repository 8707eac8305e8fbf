import { isProblem, type Problem, type ProblemCode, problem } from '@joinery/problems';
import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';

/** SQLSTATE codes, and classes of two characters, that mean something to a caller (PostgreSQL manual, appendix A). */
const CODE_OF_SQLSTATE: Readonly<Record<string, ProblemCode>> = {
  '23505': 'STORE_UNIQUE_VIOLATION',
  '23503': 'STORE_REFERENCE_VIOLATION',
  '23502': 'STORE_VALUE_REFUSED',
  '23514': 'STORE_VALUE_REFUSED',
  '22': 'STORE_VALUE_REFUSED',
  '40001': 'STORE_SERIALIZATION',
  '40P01': 'STORE_SERIALIZATION',
  '55P03': 'STORE_SERIALIZATION',
  '57014': 'STORE_STATEMENT_TIMEOUT',
  '25P03': 'STORE_TRANSACTION_TIMEOUT',
  '53100': 'STORE_DISK_FULL',
  '28': 'STORE_LOGIN_REFUSED',
  '3D000': 'STORE_LOGIN_REFUSED',
  '08': 'STORE_UNAVAILABLE',
  '53': 'STORE_UNAVAILABLE',
  '57P': 'STORE_UNAVAILABLE',
};

/**
 * The problem that a fault of the driver stands for. Values never reach the detail: they are people's data.
 * The fault itself is the cause; {@link violatedConstraint} reads it.
 */
export function fromSqlError(error: unknown): unknown {
  const fault = error instanceof DrizzleQueryError ? error.cause : error;
  if (fault instanceof pg.DatabaseError) return fromSqlState(fault);
  // What a room throws inside its transaction; a code such as ENGINE_… looks like one of Node's.
  if (isProblem(fault)) return fault;
  return isConnectionFault(fault)
    ? problem('STORE_UNAVAILABLE', 'The connection to the database failed.', { cause: fault })
    : fault;
}

function fromSqlState(fault: pg.DatabaseError): Problem {
  const state = fault.code ?? '';
  const code = [state, state.slice(0, 3), state.slice(0, 2)].map((key) => CODE_OF_SQLSTATE[key]).find(Boolean);
  const where = fault.constraint === undefined ? '' : `, constraint ${fault.constraint}`;
  return problem(code ?? 'STORE_QUERY_FAILED', `The database answered with SQLSTATE ${state}${where}.`, {
    cause: fault,
  });
}

/** Faults below the protocol: Node's socket errors carry a code, the driver's own ones only these words. */
function isConnectionFault(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  if ('code' in fault && typeof fault.code === 'string' && /^E[A-Z_]+$/.test(fault.code)) return true;
  return /^(Connection terminated|Client has encountered a connection error|timeout expired|timeout exceeded when trying|Client was closed)/.test(
    fault.message,
  );
}

/** The name of the constraint that a statement violated, for callers that tell one rule from another. */
export function violatedConstraint(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof pg.DatabaseError ? cause.constraint : undefined;
}
