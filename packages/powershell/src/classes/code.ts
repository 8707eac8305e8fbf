import { compileBlock, compileExpression } from '../compiler/compile.ts';
import type { CompiledBlock } from '../compiler/compiled-block.ts';
import { CompileContext } from '../compiler/context.ts';
import { InvocationInfo } from '../errors/invocation-info.ts';
import { placedAt } from '../errors/place-error.ts';
import { CallState } from '../runtime/call-state.ts';
import { type Evaluate, Frame } from '../runtime/frame.ts';
import { nowhere } from '../runtime/output.ts';
import { Scope, type SlotLayout } from '../runtime/scope.ts';
import type { Session } from '../runtime/session.ts';
import type { SessionState } from '../runtime/session-state.ts';
import { Variable } from '../runtime/variable.ts';
import type { Source } from '../syntax/source.ts';
import type { ExpressionAst, FunctionMember, UsingStatement } from '../syntax/tree/index.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType, ParameterInfo } from '../types/net-type.ts';
import type { Value } from '../values/value.ts';

/** The world that code of a class runs in: the one its definition stands in. */
export interface ClassPlace {
  readonly session: Session;
  readonly state: SessionState;
  readonly source: Source;
  readonly usings: readonly UsingStatement[];
}

type Finish = (value: Value) => Value;

const unchanged: Finish = (value) => value;

/**
 * The code of one member of a class: a body, or an expression such as the initial value of a property. It sees its
 * parameters, `$this` and the scopes of its world.
 */
export class MemberCode {
  readonly #place: ClassPlace;
  readonly #name: string;
  readonly #parameters: readonly ParameterInfo[];

  constructor(place: ClassPlace, name: string, parameters: readonly ParameterInfo[] = []) {
    this.#place = place;
    this.#name = name;
    this.#parameters = parameters;
  }

  /**
   * Runs a method's body. Errors end it; output other than by `return` goes nowhere.
   * @param finish what becomes of the value that is returned
   */
  runBody(ast: FunctionMember, self: Value, args: readonly Value[], finish: Finish = unchanged): Value {
    const { end, layout } = this.#compile(ast);
    if (end === undefined) return finish(undefined);
    return this.#run(layout, self, args, (frame) => {
      end(frame);
      return placedAt(frame.position ?? ast, frame, () => finish(frame.result));
    });
  }

  #block: CompiledBlock | undefined;

  #compile(ast: FunctionMember): CompiledBlock {
    this.#block ??= compileBlock(ast.body, { isMethod: true, parameters: ast.parameters });
    return this.#block;
  }

  /**
   * Prepares expressions that are evaluated together, each time anew.
   * @param finish what becomes of each value
   */
  expressions(
    list: readonly ExpressionAst[],
    finish: Finish = unchanged,
  ): (self: Value, args: readonly Value[]) => Value[] {
    const context = new CompileContext(this.#place.source, this.#place.usings);
    for (const { name } of this.#parameters) context.slot(name.toLowerCase());
    let compiled: readonly Evaluate[] | undefined;
    const compile = (): Evaluate[] =>
      list.map((one) => {
        const evaluate = compileExpression(one, context);
        return (frame) => placedAt(one, frame, () => finish(evaluate(frame) ?? null));
      });
    return (self, args) => {
      compiled ??= compile();
      const all = compiled;
      return this.#run(context.layout, self, args, (frame) => all.map((evaluate) => evaluate(frame)));
    };
  }

  #run<T>(layout: SlotLayout, self: Value, args: readonly Value[], work: (frame: Frame) => T): T {
    const { session, state, source } = this.#place;
    const caller = session.frame;
    const parent = caller.scope.state === state ? caller.scope : state.current;
    const scope = new Scope(state, parent, { layout });
    const { position, source: callerSource } = caller;
    const call = new CallState(
      () =>
        new InvocationInfo(position === undefined ? undefined : callerSource, position?.start ?? 0, position?.end ?? 0),
    );
    call.thisObject = self ?? undefined;
    call.file = source.file;
    scope.call = call;
    this.#bind(scope, args);
    const frame = new Frame(session, source, scope, scope.slots, nowhere, caller.streams, this.#name);
    frame.caller = caller;
    const { current } = state;
    const { hasHandler } = session;
    session.frame = frame;
    state.current = scope;
    // An error is its caller's to handle: it ends the method.
    session.hasHandler = true;
    session.budget.enter();
    try {
      return work(frame);
    } finally {
      session.budget.leave();
      session.hasHandler = hasHandler;
      state.current = current;
      session.frame = caller;
    }
  }

  /** Parameters have the first slots. One with a type keeps it. */
  #bind(scope: Scope, args: readonly Value[]): void {
    const { session } = this.#place;
    for (const [index, { name, type }] of this.#parameters.entries()) {
      const variable = new Variable(name, args[index] ?? null);
      if (type !== netTypes.object) variable.check = castTo(type, session);
      scope.slots[index] = variable;
    }
  }
}

function castTo(type: NetType, session: Session): (value: Value) => Value {
  return (value) => session.convert(value, type);
}
