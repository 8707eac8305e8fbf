import { toThrown } from '../errors/to-thrown.ts';
import { prepareScript } from '../modules/prepare-script.ts';
import { parse } from '../syntax/parse.ts';
import type { ParseError } from '../syntax/parse-error.ts';
import type { Source } from '../syntax/source.ts';
import { beginCulture } from '../types/globalization/current-culture.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import type { Budget } from './budget.ts';
import { EngineSession, type SessionOptions } from './engine-session.ts';
import { followCulture } from './global-variables.ts';
import type { Output } from './output.ts';
import { parseTypes } from './parse-types.ts';
import type { Session } from './session.ts';
import { ExitSignal, JumpSignal } from './signals.ts';
import type { Streams } from './streams.ts';

export type RunspaceOptions = SessionOptions;

export interface InvokeOptions {
  readonly named?: ReadonlyMap<string, Value>;
  readonly args?: readonly Value[];
  readonly streams?: Streams;
  readonly out: Output;
  /** The budget of this run, where it has one of its own. */
  readonly budget?: Budget;
}

/** A script that does not parse: nothing of it ran. */
export class ParseFailure extends Error {
  readonly source: Source;
  readonly errors: readonly ParseError[];
  constructor(source: Source, errors: readonly ParseError[]) {
    super(errors[0]?.message ?? 'the script does not parse');
    this.source = source;
    this.errors = errors;
  }
}

/** One session of the language in this process: variables, functions and modules live as long as it does. */
export class Runspace {
  readonly session: Session;
  readonly #session: EngineSession;

  private constructor(session: EngineSession) {
    this.session = session;
    this.#session = session;
  }

  static open(options: RunspaceOptions): Runspace {
    return new Runspace(new EngineSession(options));
  }

  /**
   * Runs a script in the global scope.
   * Throws `ParseFailure`; `Thrown` for an error that ended the script; `BudgetExceeded`.
   */
  invoke(script: string | Source, { named, args, streams, out, budget }: InvokeOptions): void {
    const source: Source = typeof script === 'string' ? { text: script, file: undefined } : script;
    const { ast, errors } = parse(source, parseTypes(this.#session.types));
    if (errors.length > 0) throw new ParseFailure(source, errors);
    const session = this.#session;
    if (budget !== undefined) session.budget = budget;
    session.lastSucceeded = true;
    const endCulture = beginCulture();
    try {
      prepareScript(session, ast, session.global, streams ?? session.streams);
      session.run(new ScriptBlock(ast, source.text, { state: session.global }), {
        newScope: false,
        out,
        ...(named === undefined ? {} : { named }),
        ...(args === undefined ? {} : { args }),
        ...(streams === undefined ? {} : { streams }),
      });
    } catch (error) {
      if (error instanceof ExitSignal || error instanceof JumpSignal) return;
      throw toThrown(error) ?? error;
    } finally {
      endCulture();
      followCulture(session);
      session.settle();
    }
  }
}
