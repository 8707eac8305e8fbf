import { netFailure } from '../errors/raise.ts';
import { inInvariantCulture } from '../types/globalization/current-culture.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { infoOf, type Method } from '../types/type-info.ts';
import { Char } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { wrapped } from './cast-error.ts';
import { findConstructorConversion } from './constructors.ts';
import type { ConversionContext } from './context.ts';
import type { Conversion } from './conversion.ts';

/** The conversion of text by a type's own `Parse`; of a regular expression or URI by its constructor. */
export function findParseConversion(to: NetType): Conversion | undefined {
  if (to === netTypes.char) return parsing('InvalidCastParseTargetInvocation', parseChar);
  if (to === netTypes.regex) return renamed('InvalidCastFromStringToRegex', to);
  if (to.name === 'System.Uri') return renamed('InvalidCastFromStringToUri', to);
  const methods = parseMethods(to);
  const withProvider = methods.find(({ parameters }) => isTextAndProvider(parameters));
  const plain = methods.find(({ parameters }) => parameters.length === 1 && parameters[0]?.type === netTypes.string);
  const { parse } = to.description;
  if (parse === undefined && withProvider === undefined && plain === undefined) return undefined;
  const id =
    withProvider === undefined && !takesProvider.has(to)
      ? 'InvalidCastParseTargetInvocation'
      : 'InvalidCastParseTargetInvocationWithFormatProvider';
  if (parse !== undefined) return parsing(id, parse);
  const method = withProvider ?? plain;
  return parsing(id, (text, context) => method?.overload.invoke(null, [text, null], context, to, []));
}

type Parse = (text: string, context: ConversionContext) => Value;

function parsing(id: string, parse: Parse): Conversion {
  return (value, type, context) => {
    try {
      return inInvariantCulture(() => parse(typeof value === 'string' ? value : '', context));
    } catch (error) {
      throw wrapped(id, value, type, error, context);
    }
  };
}

function renamed(id: string, to: NetType): Conversion | undefined {
  const { parse } = to.description;
  if (parse !== undefined) return parsing(id, parse);
  const conversion = findConstructorConversion(netTypes.string, to);
  if (conversion === undefined) return undefined;
  return (value, type, context) => {
    const maker = infoOf(type).constructors.find(
      ({ parameters }) => parameters.length === 1 && parameters[0]?.type === netTypes.string,
    );
    if (maker === undefined) return conversion(value, type, context);
    try {
      return maker.overload.invoke(null, [value], context, type, []);
    } catch (error) {
      throw wrapped(id, value, type, error, context);
    }
  };
}

/** Intrinsic types whose `Parse` takes a format provider. */
const takesProvider: ReadonlySet<NetType> = new Set([netTypes.dateTime, netTypes.timeSpan, netTypes.guid]);

function parseMethods(type: NetType): readonly Method[] {
  const member = infoOf(type).statics.get('parse');
  return member?.kind === 'method' ? member.methods.filter(({ typeParameters }) => typeParameters.length === 0) : [];
}

function isTextAndProvider(parameters: Method['parameters']): boolean {
  return (
    parameters.length === 2 &&
    parameters[0]?.type === netTypes.string &&
    parameters[1]?.type.name === 'System.IFormatProvider'
  );
}

function parseChar(text: string): Value {
  if (text.length !== 1) throw netFailure('System.FormatException', 'String must be exactly one character long.');
  return Char.of(text.charCodeAt(0));
}
