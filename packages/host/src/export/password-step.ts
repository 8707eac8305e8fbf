import type { Connector, CSEntryChangeResult } from '@joinery/connector';
import { type Problem, problem, toProblem } from '@joinery/problems';
import { type Clock, type Logger, type Redactor, withDeadline } from '@joinery/runtime';
import { failPoint } from '../fail-points.ts';
import { targetFault } from './target-fault.ts';
import type { UnknownPasswords } from './unknown-passwords.ts';
import type { PreparedExport } from './write-order.ts';

export interface PasswordStepOptions {
  readonly connector: Connector;
  readonly passwords: UnknownPasswords;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly redactor: Redactor;
  /** Milliseconds that one call may take. */
  readonly callMs: number;
}

/** A password that is to be set for an object which the target has just made. */
export interface PasswordOrder {
  readonly prepared: PreparedExport;
  readonly result: CSEntryChangeResult | undefined;
  readonly text: string;
  readonly id: string;
}

/** How the second call ended. */
export interface PasswordEnd {
  /** Why the caller must hear of a failure although the object exists; undefined when the password is set. */
  readonly fault: Problem | undefined;
  /** Resolves when the connector has let go of the call. */
  readonly released: Promise<void>;
}

/**
 * The second call of connectors that do not take a password with the Add (host sheet 3.10). The space holds the object as one
 * whose password is not known from the moment it holds it at all, so that a process which dies anywhere in between leaves
 * that said.
 */
export class PasswordStep {
  readonly #options: PasswordStepOptions;

  constructor(options: PasswordStepOptions) {
    this.#options = options;
  }

  /** Never throws. */
  async set({ prepared, result, text, id }: PasswordOrder): Promise<PasswordEnd> {
    const { connector, clock, callMs, redactor, passwords, logger } = this.#options;
    const { entry } = prepared;
    // The target may have made the anchor, or the DN, only now.
    const made = {
      ...entry,
      anchorAttributes: result?.anchorAttributes ?? entry.anchorAttributes,
      ...(result?.dn === undefined ? {} : { dn: result.dn }),
    };
    let released: Promise<void> = Promise.resolve();
    try {
      failPoint('password.before');
      await withDeadline(clock, callMs, 'Setting the password', new AbortController().signal, (signal) => {
        const call = (async () => connector.password?.set(made, text, {}, signal))();
        released = call.catch(() => {});
        return call;
      });
      failPoint('password.after');
    } catch (error) {
      passwords.note(id, clock.now());
      return { fault: passwordFault(id, targetFault(error, redactor)), released };
    }
    try {
      await passwords.settle(id);
    } catch (error) {
      // It is set; that the space still says otherwise, an administrator sees after the next start and can acknowledge.
      logger.warn({ error: toProblem(error), object: id }, 'a password was set, but the space could not be told');
    }
    return { fault: undefined, released };
  }
}

/** What a caller hears of an object whose password failed: that it exists, with its id, and why it is not as asked. */
export function passwordFault(id: string, fault: Problem): Problem {
  if (fault.code === 'RUNTIME_DEADLINE') return passwordUnknown(id, fault);
  const sentence = `The object was created and has the id ${id}, but its password was not set: ${fault.detail}`;
  return problem('HOST_PASSWORD_NOT_SET', sentence, { cause: fault });
}

/** @param cause what kept the host from knowing */
export function passwordUnknown(id: string, cause?: unknown): Problem {
  return problem(
    'HOST_PASSWORD_UNKNOWN',
    `The object was created and has the id ${id}, but whether its password was set is not known.`,
    cause === undefined ? {} : { cause },
  );
}
