import { isAssignable } from './assignable.ts';
import type { ArgumentType } from './conversion-rank.ts';
import type { NetType } from './net-type.ts';
import { infoOf, type Method } from './type-info.ts';

/** Works out the type arguments of a generic method from its arguments; `undefined` where they do not tell. */
export function inferTypeArguments(method: Method, args: readonly ArgumentType[]): readonly NetType[] | undefined {
  const found = new Map<NetType, NetType>();
  for (const [index, argument] of args.entries()) {
    const parameter = method.parameters[Math.min(index, method.parameters.length - 1)];
    if (parameter === undefined || argument === null) continue;
    const isSpread =
      parameter.isParamArray && !(argument.element !== undefined && args.length === method.parameters.length);
    const target = isSpread ? (parameter.type.element ?? parameter.type) : parameter.type;
    if (!unify(target, argument, method, found)) return undefined;
  }
  const typeArguments: NetType[] = [];
  for (const parameter of method.typeParameters) {
    const type = found.get(parameter);
    if (type === undefined) return undefined;
    typeArguments.push(type);
  }
  return typeArguments;
}

/** Notes what a parameter type says of the method's type parameters; false where the argument contradicts it. */
function unify(target: NetType, argument: NetType, method: Method, found: Map<NetType, NetType>): boolean {
  if (method.typeParameters.includes(target)) {
    const known = found.get(target);
    if (known === undefined || isAssignable(known, argument)) found.set(target, argument);
    else if (!isAssignable(argument, known)) return false;
    return true;
  }
  if (target.element !== undefined) {
    return argument.element !== undefined && unify(target.element, argument.element, method, found);
  }
  if (target.definition === undefined) return true;
  for (const one of infoOf(argument).supertypes) {
    if (one.definition !== target.definition) continue;
    return target.typeArguments.every((inner, index) => {
      const own = one.typeArguments[index];
      return own === undefined || unify(inner, own, method, found);
    });
  }
  return true;
}
