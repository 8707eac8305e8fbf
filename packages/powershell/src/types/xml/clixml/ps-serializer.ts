import { objectArray } from '../../../values/array.ts';
import { int, text } from '../../../values/narrow.ts';
import type { TypeDescription } from '../../net-type.ts';
import { sessionOf } from '../../session-of.ts';
import { deserialize, serialize } from './clixml.ts';

export const serializerDescription: TypeDescription = {
  name: 'System.Management.Automation.PSSerializer',
  kind: 'class',
  staticMethods: {
    Deserialize: [
      {
        signature: 'static System.Object Deserialize(string source)',
        invoke: (_self, [source], context) => {
          const values = [...deserialize(text(source), sessionOf(context))];
          if (values.length === 0) return null;
          return values.length === 1 ? (values[0] ?? null) : objectArray(values);
        },
      },
    ],
    DeserializeAsList: [
      {
        signature: 'static System.Object[] DeserializeAsList(string source)',
        invoke: (_self, [source], context) => objectArray([...deserialize(text(source), sessionOf(context))]),
      },
    ],
    Serialize: [
      {
        signature: 'static string Serialize(System.Object source)',
        invoke: (_self, [source], context) => serialize([source], 1, sessionOf(context)),
      },
      {
        signature: 'static string Serialize(System.Object source, int depth)',
        invoke: (_self, [source, depth], context) => serialize([source], int(depth), sessionOf(context)),
      },
    ],
  },
};
