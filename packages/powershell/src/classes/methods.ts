import type { Session } from '../runtime/session.ts';
import type { FunctionMember } from '../syntax/tree/index.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType, Overload, ParameterInfo } from '../types/net-type.ts';
import { netName } from '../types/type-display.ts';
import { PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import type { ClassBuild } from './class-type.ts';
import { MemberCode } from './code.ts';
import type { StaticPart } from './static-part.ts';

/** A method of a class as an overload. What it returns is converted to its type; without a type it returns nothing. */
export function methodOf({ lookup, place }: ClassBuild, ast: FunctionMember, statics: StaticPart): Overload {
  const parameters = lookup.parameters(ast.parameters);
  const returnType = ast.returnType === undefined ? netTypes.void : lookup.resolve(ast.returnType.typeName);
  const code = new MemberCode(place, ast.name, parameters);
  const { isStatic } = ast;
  return {
    signature: signatureText(ast.name, parameters, returnType, isStatic),
    name: ast.name,
    parameters,
    returnType,
    ...(ast.isHidden ? { isHidden: true } : {}),
    invoke: (self, args) => {
      if (isStatic) statics.prepare();
      return code.runBody(ast, isStatic ? undefined : self, args, (value) =>
        returned(value, returnType, place.session),
      );
    },
  };
}

function returned(result: Value, type: NetType, session: Session): Value {
  if (type === netTypes.void) return undefined;
  if (type === netTypes.object) return result instanceof PSObject ? result.base : (result ?? null);
  return session.convert(result ?? null, type);
}

/** As PowerShell prints it: `static int Twice(int x)`. */
export function signatureText(
  name: string,
  parameters: readonly ParameterInfo[],
  returnType: NetType,
  isStatic: boolean,
): string {
  const list = parameters.map((one) => `${netName(one.type)} ${one.name}`).join(', ');
  return `${isStatic ? 'static ' : ''}${netName(returnType)} ${name}(${list})`;
}
