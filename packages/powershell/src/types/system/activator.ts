import { netFailure } from '../../errors/raise.ts';
import { sessionOf } from '../../runtime/session-of.ts';
import { NetArray } from '../../values/array.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { type CallContext, NetType, type TypeDescription } from '../net-type.ts';
import { construct } from '../static-members.ts';
import { netName } from '../type-display.ts';
import { infoOf } from '../type-info.ts';

function create(type: NetType, args: Value, context: CallContext): Value {
  const items = args instanceof NetArray ? args.items : [];
  const { description } = type;
  const constructors = infoOf(type).constructors;
  if (items.length === 0 && constructors.length === 0 && description.zero !== undefined) return description.zero(type);
  const fits = constructors.some(
    (one) => one.required <= items.length && (one.hasParamArray || items.length <= one.parameters.length),
  );
  if (!fits && type.element === undefined) {
    throw netFailure(
      'System.MissingMethodException',
      items.length === 0
        ? `Cannot dynamically create an instance of type '${netName(type)}'. Reason: No parameterless constructor defined.`
        : `Constructor on type '${netName(type)}' not found.`,
    );
  }
  return construct(type, items, sessionOf(context));
}

export const activatorDescription: TypeDescription = {
  name: 'System.Activator',
  kind: 'class',
  isAbstract: true,
  staticMethods: {
    CreateInstance: [
      {
        signature: 'static System.Object CreateInstance(type type)',
        invoke: (_self, [type], context) => create(as(type, NetType), null, context),
      },
      {
        signature: 'static System.Object CreateInstance(type type, params System.Object[] args)',
        invoke: (_self, [type, args], context) => create(as(type, NetType), args, context),
      },
      {
        signature: 'static T CreateInstance[T]()',
        invoke: (_self, _none, context, _type, [type]) => create(as(type ?? null, NetType), null, context),
      },
    ],
  },
};
