import { NetException } from '../../../errors/net-exception.ts';
import { NetArray } from '../../../values/array.ts';
import type { Value } from '../../../values/value.ts';
import { listOf } from '../../collections/generic-list.ts';
import { readOnlyCollection } from '../../collections/read-only-collection.ts';
import { namedType } from '../../intrinsic.ts';
import type { NetType, Overload, TypeDescription } from '../../net-type.ts';
import {
  detail,
  exceptionDescription,
  exceptionOf,
  innerOf,
  messageOf,
  usualConstructors,
} from './describe-exception.ts';

const several = 'One or more errors occurred.';

function aggregate(type: NetType, message: string, inners: Value): NetException {
  const items = inners instanceof NetArray ? inners.items.filter((one) => one instanceof NetException) : [];
  const parts = items.map((one) => ` (${one.message})`).join('');
  return new NetException(type, `${message}${parts}`, {
    inner: items[0],
    details: { InnerExceptions: readOnlyCollection(listOf(namedType('System.Exception'), items)) },
  });
}

function aboutFile(initial: string): Overload[] {
  const withFile = (type: NetType, text: Value, file: Value, inner?: Value): NetException =>
    new NetException(type, typeof text === 'string' ? text : initial, {
      inner: innerOf(inner),
      details: { FileName: file },
    });
  return [
    ...usualConstructors('', initial),
    {
      signature: 'new(string message, string fileName)',
      invoke: (_self, [text, file], _context, type) => withFile(type, text, file),
    },
    {
      signature: 'new(string message, string fileName, System.Exception innerException)',
      invoke: (_self, [text, file, inner], _context, type) => withFile(type, text, file, inner),
    },
  ];
}

function fileException(name: string, base: string, message: string): TypeDescription {
  return exceptionDescription(name, base, {
    constructors: aboutFile(message),
    properties: { FileName: detail('FileName', 'string'), FusionLog: { type: 'string', get: () => null } },
  });
}

const unexpected = 'Value does not fall within the expected range.';
const disposed = 'Cannot access a disposed object.';

function disposedException(type: NetType, message: string, name: Value): NetException {
  const text = typeof name === 'string' && name !== '' ? `${message}\nObject name: '${name}'.` : message;
  return new NetException(type, text, { details: { ObjectName: name } });
}

/** Exceptions with constructors or properties of their own. */
export const specialExceptions: readonly TypeDescription[] = [
  exceptionDescription('System.AggregateException', 'System.Exception', {
    properties: {
      InnerExceptions: {
        type: 'System.Collections.ObjectModel.ReadOnlyCollection[System.Exception]',
        get: (self) => exceptionOf(self).details.get('InnerExceptions') ?? null,
      },
    },
    constructors: [
      { signature: 'new()', invoke: (_self, _none, _context, type) => aggregate(type, several, null) },
      {
        signature: 'new(string message)',
        invoke: (_self, [text], _context, type) => aggregate(type, messageOf(text, type.name), null),
      },
      {
        signature: 'new(string message, System.Exception innerException)',
        invoke: (_self, [text, inner], _context, type) =>
          aggregate(type, messageOf(text, type.name), new NetArray(namedType('System.Exception'), [inner])),
      },
      {
        signature: 'new(params System.Exception[] innerExceptions)',
        invoke: (_self, [inners], _context, type) => aggregate(type, several, inners),
      },
      {
        signature: 'new(string message, params System.Exception[] innerExceptions)',
        invoke: (_self, [text, inners], _context, type) => aggregate(type, messageOf(text, type.name), inners),
      },
    ],
  }),
  fileException('System.IO.FileNotFoundException', 'System.IO.IOException', 'Unable to find the specified file.'),
  fileException('System.IO.FileLoadException', 'System.IO.IOException', 'Could not load the specified file.'),
  fileException(
    'System.BadImageFormatException',
    'System.SystemException',
    'Format of the executable (.exe) or library (.dll) is invalid.',
  ),
  exceptionDescription('System.ObjectDisposedException', 'System.InvalidOperationException', {
    properties: { ObjectName: detail('ObjectName', 'string') },
    constructors: [
      {
        signature: 'new(string objectName)',
        invoke: (_self, [name], _context, type) => disposedException(type, disposed, name),
      },
      {
        signature: 'new(string objectName, string message)',
        invoke: (_self, [name, text], _context, type) => disposedException(type, messageOf(text, type.name), name),
      },
      {
        signature: 'new(string message, System.Exception innerException)',
        invoke: (_self, [text, inner], _context, type) =>
          new NetException(type, messageOf(text, type.name), { inner: innerOf(inner) }),
      },
    ],
  }),
  exceptionDescription('System.Text.DecoderFallbackException', 'System.ArgumentException', {
    properties: { BytesUnknown: detail('BytesUnknown', 'byte[]'), Index: detail('Index', 'int') },
    constructors: usualConstructors('', unexpected),
  }),
  exceptionDescription('System.Text.EncoderFallbackException', 'System.ArgumentException', {
    properties: { CharUnknown: detail('CharUnknown', 'char'), Index: detail('Index', 'int') },
    constructors: usualConstructors('', unexpected),
  }),
  exceptionDescription('System.TypeInitializationException', 'System.SystemException', {
    properties: { TypeName: detail('TypeName', 'string') },
    constructors: [
      {
        signature: 'new(string fullTypeName, System.Exception innerException)',
        invoke: (_self, [name, inner], context, type) =>
          new NetException(type, `The type initializer for '${context.text(name)}' threw an exception.`, {
            inner: innerOf(inner),
            details: { TypeName: name },
          }),
      },
    ],
  }),
  exceptionDescription('System.Reflection.TargetInvocationException', 'System.ApplicationException', {
    constructors: [
      {
        signature: 'new(System.Exception inner)',
        invoke: (_self, [inner], _context, type) =>
          new NetException(type, 'Exception has been thrown by the target of an invocation.', {
            inner: innerOf(inner),
          }),
      },
      {
        signature: 'new(string message, System.Exception inner)',
        invoke: (_self, [text, inner], _context, type) =>
          new NetException(type, messageOf(text, type.name), { inner: innerOf(inner) }),
      },
    ],
  }),
  exceptionDescription('System.Xml.XmlException', 'System.SystemException', {
    message: 'An XML error has occurred.',
    properties: { LineNumber: detail('LineNumber', 'int'), LinePosition: detail('LinePosition', 'int') },
  }),
];
