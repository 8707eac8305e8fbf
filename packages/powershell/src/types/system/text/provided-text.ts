import { baseOf, typeOf } from '../../../conversion/base.ts';
import { toNetText } from '../../../conversion/text.ts';
import type { ArgumentText } from '../../../operators/format.ts';
import type { Value } from '../../../values/value.ts';
import type { CallContext } from '../../net-type.ts';
import { infoOf } from '../../type-info.ts';

/** How a value is written for an `IFormatProvider`: through its `ToString(format, provider)` where it has one. */
export function providedText(provider: Value, context: CallContext): ArgumentText {
  return (value, format) => {
    const base = baseOf(value);
    if (base === null || base === undefined || provider === null) return toNetText(value, format, context);
    const member = infoOf(typeOf(base)).members.get('tostring');
    const method =
      member?.kind === 'method' ? member.methods.find(({ parameters }) => parameters.length === 2) : undefined;
    if (method === undefined) return toNetText(value, format, context);
    const written = method.overload.invoke(base, [format ?? null, provider], context, method.declaring, []);
    return typeof written === 'string' ? written : '';
  };
}
