import type { NetException } from '../../../errors/net-exception.ts';
import type { Value } from '../../../values/value.ts';
import { Hashtable } from '../../collections/hashtable.ts';
import type { TypeDescription } from '../../net-type.ts';
import { netName } from '../../type-display.ts';
import { exceptionOf, usualConstructors } from './describe-exception.ts';
import { resultOf } from './exception-results.ts';

function kept(exception: NetException, name: string, make: () => Value): Value {
  let value = exception.details.get(name);
  if (value === undefined) {
    value = make();
    exception.details.set(name, value);
  }
  return value;
}

/** `Exception.ToString()`: type and message, those of inner exceptions behind an arrow. */
function exceptionText(exception: NetException): string {
  const head = `${netName(exception.type)}: ${exception.message}`;
  if (exception.inner === undefined) return head;
  return `${head}\n ---> ${exceptionText(exception.inner)}\n   --- End of inner exception stack trace ---`;
}

function innermost(exception: NetException): NetException {
  let one = exception;
  while (one.inner !== undefined) one = one.inner;
  return one;
}

export const exceptionBase: TypeDescription = {
  name: 'System.Exception',
  kind: 'class',
  constructors: usualConstructors('System.Exception'),
  properties: {
    TargetSite: { type: 'System.Reflection.MethodBase', get: () => null },
    Message: { type: 'string', get: (self) => exceptionOf(self).message },
    Data: {
      type: 'System.Collections.IDictionary',
      get: (self) => kept(exceptionOf(self), 'Data', () => new Hashtable()),
    },
    InnerException: { type: 'System.Exception', get: (self) => exceptionOf(self).inner ?? null },
    HelpLink: {
      type: 'string',
      get: (self) => exceptionOf(self).details.get('HelpLink') ?? null,
      set: (self, value) => void exceptionOf(self).details.set('HelpLink', value),
    },
    Source: {
      type: 'string',
      get: (self) => exceptionOf(self).details.get('Source') ?? null,
      set: (self, value) => void exceptionOf(self).details.set('Source', value),
    },
    HResult: {
      type: 'int',
      get: (self) => exceptionOf(self).details.get('HResult') ?? resultOf(exceptionOf(self)),
      set: (self, value) => void exceptionOf(self).details.set('HResult', value),
    },
    StackTrace: { type: 'string', get: (self) => exceptionOf(self).details.get('StackTrace') ?? null },
  },
  methods: {
    GetBaseException: [
      { signature: 'System.Exception GetBaseException()', invoke: (self) => innermost(exceptionOf(self)) },
    ],
  },
  toText: (self) => exceptionText(exceptionOf(self)),
};
