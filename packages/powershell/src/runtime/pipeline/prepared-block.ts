import { signatureOf } from '../../binding/function-parameters.ts';
import type { CompiledBlock } from '../../compiler/compiled-block.ts';
import type { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { CallState } from '../call-state.ts';
import { Completion, type Execute, Frame } from '../frame.ts';
import type { Output } from '../output.ts';
import type { Scope } from '../scope.ts';
import type { Session } from '../session.ts';
import { JumpSignal } from '../signals.ts';
import type { Streams } from '../streams.ts';
import { Variable } from '../variable.ts';
import { BorrowedScope } from './borrowed-scope.ts';
import type { CommandCall } from './call-options.ts';

export interface PreparedOptions {
  readonly out: Output;
  readonly streams: Streams;
}

/** A block without parameters and named blocks, ready to run many times in one scope: `ForEach-Object`, `Where-Object`. */
export class PreparedBlock {
  readonly #session: Session;
  readonly #frame: Frame;
  readonly #scope: Scope;
  readonly #execute: Execute | undefined;
  readonly #borrowed: BorrowedScope;
  readonly #out: Output;
  /** `$_` of the scope; once made it stays until the end, as null while no run is under way. */
  #underscore: Variable | undefined;
  #isOurs = false;

  constructor(call: CommandCall, block: ScriptBlock, compiled: CompiledBlock, { out, streams }: PreparedOptions) {
    const { session, caller } = call;
    this.#session = session;
    const state = block.state ?? caller.scope.state;
    this.#scope = state === caller.scope.state ? caller.scope : state.current;
    this.#execute = compiled.end;
    this.#out = out;
    const locals = new Array<undefined>(compiled.layout.size).fill(undefined);
    this.#frame = new Frame(session, block.ast.source, this.#scope, locals, out, streams);
    this.#frame.caller = caller;
    this.#frame.errorSink = caller.errorSink;
    this.#frame.recordSink = caller.recordSink;
    this.#borrowed = new BorrowedScope(this.#scope, compiled.layout, new CallState(call.invocation));
  }

  /** Runs with `$_` set, where it is not AutomationNull. */
  run(underscore: Value, out: Output = this.#out): void {
    const execute = this.#execute;
    if (execute === undefined) return;
    if (underscore === undefined) {
      this.#inFrame(execute, out);
      return;
    }
    let variable = this.#underscore;
    if (variable === undefined || !variable.alive) variable = this.#openUnderscore();
    const before = variable.value;
    variable.value = underscore;
    try {
      this.#inFrame(execute, out);
    } finally {
      variable.value = before;
    }
  }

  #openUnderscore(): Variable {
    let variable = this.#scope.own('_');
    if (variable === undefined) {
      variable = new Variable('_', null);
      this.#scope.add(variable);
      this.#isOurs = true;
    }
    this.#underscore = variable;
    return variable;
  }

  #inFrame(execute: Execute, out: Output): void {
    const session = this.#session;
    const frame = this.#frame;
    const scope = this.#scope;
    const { state } = scope;
    const outer = session.frame;
    const current = state.current;
    session.frame = frame;
    state.current = scope;
    frame.out = out;
    try {
      const completion = execute(frame);
      if (completion === Completion.break || completion === Completion.continue) {
        throw new JumpSignal(completion === Completion.break ? 'break' : 'continue', session.pendingLabel);
      }
    } finally {
      state.current = current;
      session.frame = outer;
    }
  }

  /** Takes back what was put into the scope. */
  close(): void {
    if (this.#isOurs && this.#underscore?.alive) this.#scope.remove('_');
    this.#borrowed.giveBack();
  }
}

/** The compiled block where it can be prepared: no parameters, nothing but statements. */
export function preparable(block: ScriptBlock, session: Session): CompiledBlock | undefined {
  const { parameters, compiled } = signatureOf(block, session);
  const { begin, process, clean, dynamicParam } = compiled;
  if (parameters.length > 0 || begin !== undefined || process !== undefined) return undefined;
  return clean === undefined && dynamicParam === undefined && !block.isFilter ? compiled : undefined;
}
