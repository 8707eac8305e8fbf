import { baseOf, typeOf } from '../conversion/base.ts';
import { inherited } from '../conversion/inherited.ts';
import type { Frame } from '../runtime/frame.ts';
import type { ExpressionAst, TypeName } from '../syntax/tree/index.ts';
import { isAssignable } from '../types/assignable.ts';
import { invokeBest } from '../types/invoke.ts';
import { methodsOf } from '../types/members.ts';
import type { NetType } from '../types/net-type.ts';
import { fullName } from '../types/type-display.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';
import { pureExpression } from './statement.ts';
import { compileTypeName } from './type-name.ts';

/** What a call answers that is none of a base's method. */
export const notBaseCall: unique symbol = Symbol('not a call of a base method');

/** Calls the method of the type that the target is cast to, if that is a base of the object's own. */
export type BaseCall = (
  frame: Frame,
  object: Value,
  name: string,
  args: readonly Value[],
) => Value | typeof notBaseCall;

/**
 * `([Base]$this).Method()`: a cast before a call means the method as the base has it, though the object's own type may
 * override it. `undefined` where the target of the call is no cast.
 */
export function compileBaseCall(target: ExpressionAst, context: CompileContext): BaseCall | undefined {
  const cast = castOf(target);
  if (cast === undefined) return undefined;
  const resolve = compileTypeName(cast, context);
  return (frame, object, name, args) => {
    const self = baseOf(object);
    if (self === null || self === undefined) return notBaseCall;
    const base = resolve(frame);
    const own = typeOf(self);
    if (own === base || base.description.kind === 'interface' || !isAssignable(own, base)) return notBaseCall;
    const folded = name.toLowerCase();
    if (folded === 'tostring' && args.length === 0 && base.description.isScriptDefined !== true) {
      return textAs(base, own, self, frame);
    }
    const methods = methodsOf(base, folded);
    if (methods === undefined) return notBaseCall;
    return invokeBest(self, methods, args, { asked: name, called: methods[0]?.name ?? name }, frame.session);
  };
}

function textAs(base: NetType, own: NetType, self: Value, { session }: Frame): Value {
  const toText = inherited(base, 'toText');
  return toText === undefined ? fullName(own) : toText(self, undefined, session);
}

/** The type of a cast, in parentheses or not. */
function castOf(target: ExpressionAst): TypeName | undefined {
  if (target.kind === 'convert') {
    const { typeName } = target;
    const isWord = typeName.kind === 'simpleType' && /^(?:ordered|pscustomobject|ref)$/i.test(typeName.name);
    return isWord ? undefined : typeName;
  }
  const inside = target.kind === 'paren' ? pureExpression(target.pipeline) : undefined;
  return inside === undefined ? undefined : castOf(inside);
}
