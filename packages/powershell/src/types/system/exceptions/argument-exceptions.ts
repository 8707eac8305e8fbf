import { NetException } from '../../../errors/net-exception.ts';
import type { Value } from '../../../values/value.ts';
import type { NetType, Overload, TypeDescription } from '../../net-type.ts';
import { detail, exceptionDescription, innerOf, messageOf } from './describe-exception.ts';

/** An exception about one parameter: `message (Parameter 'name')`. */
function about(type: NetType, message: string, parameter: Value, actual?: Value): NetException {
  const name = typeof parameter === 'string' && parameter !== '' ? parameter : undefined;
  const text = name === undefined ? message : `${message} (Parameter '${name}')`;
  return new NetException(type, text, {
    details: {
      ...(name === undefined ? {} : { ParamName: name }),
      ...(actual === undefined ? {} : { ActualValue: actual }),
    },
  });
}

const withInner = (initial: string): Overload => ({
  signature: 'new(string message, System.Exception innerException)',
  invoke: (_self, [text, inner], _context, type) =>
    new NetException(type, typeof text === 'string' ? text : initial, { inner: innerOf(inner) }),
});

/** Constructors of the exceptions whose one text is the name of the parameter. */
function namingConstructors(initial: string): Overload[] {
  return [
    { signature: 'new()', invoke: (_self, _none, _context, type) => new NetException(type, initial) },
    { signature: 'new(string paramName)', invoke: (_self, [name], _context, type) => about(type, initial, name) },
    {
      signature: 'new(string paramName, string message)',
      invoke: (_self, [name, text], _context, type) => about(type, messageOf(text, type.name), name),
    },
    withInner(initial),
  ];
}

const notInRange = 'Value does not fall within the expected range.';
const outOfRange = 'Specified argument was out of the range of valid values.';

export const argumentExceptions: readonly TypeDescription[] = [
  exceptionDescription('System.ArgumentException', 'System.SystemException', {
    properties: { ParamName: detail('ParamName', 'string') },
    constructors: [
      { signature: 'new()', invoke: (_self, _none, _context, type) => new NetException(type, notInRange) },
      {
        signature: 'new(string message)',
        invoke: (_self, [text], _context, type) => new NetException(type, messageOf(text, type.name)),
      },
      withInner(notInRange),
      {
        signature: 'new(string message, string paramName, System.Exception innerException)',
        invoke: (_self, [text, name, inner], _context, type) => {
          const exception = about(type, messageOf(text, type.name), name);
          return new NetException(type, exception.message, {
            inner: innerOf(inner),
            details: Object.fromEntries(exception.details),
          });
        },
      },
      {
        signature: 'new(string message, string paramName)',
        invoke: (_self, [text, name], _context, type) => about(type, messageOf(text, type.name), name),
      },
    ],
  }),
  exceptionDescription('System.ArgumentNullException', 'System.ArgumentException', {
    constructors: namingConstructors('Value cannot be null.'),
  }),
  exceptionDescription('System.ArgumentOutOfRangeException', 'System.ArgumentException', {
    properties: { ActualValue: detail('ActualValue', 'System.Object') },
    constructors: [
      ...namingConstructors(outOfRange),
      {
        signature: 'new(string paramName, System.Object actualValue, string message)',
        invoke: (_self, [name, actual, text], context, type) => {
          const exception = about(type, messageOf(text, type.name), name, actual);
          exception.message += `\nActual value was ${context.text(actual)}.`;
          return exception;
        },
      },
    ],
  }),
  exceptionDescription('System.DuplicateWaitObjectException', 'System.ArgumentException', {
    constructors: namingConstructors('Duplicate objects in argument.'),
  }),
  exceptionDescription('System.Globalization.CultureNotFoundException', 'System.ArgumentException', {
    message: 'Culture is not supported.',
    properties: { InvalidCultureName: detail('InvalidCultureName', 'string') },
  }),
];
