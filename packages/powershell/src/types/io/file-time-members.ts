import type { Overload } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { missingFile } from './file-operations.ts';
import { setTime, timeNames, timeOf } from './file-times.ts';
import { absolutePath } from './path.ts';

function getter(name: string, field: (typeof timeNames)[number][1], kind: 'utc' | 'local'): readonly Overload[] {
  return [
    {
      signature: `static datetime Get${name}(string path)`,
      invoke: (_self, [path], context) =>
        timeOf(sessionOf(context).world.files.stat(absolutePath(path, context)), field, kind),
    },
  ];
}

function setter(name: string, field: (typeof timeNames)[number][1]): readonly Overload[] {
  return [
    {
      signature: `static void Set${name}(string path, datetime ${name.charAt(0).toLowerCase()}${name.slice(1)})`,
      invoke: (_self, [value, time], context) => {
        const session = sessionOf(context);
        const path = absolutePath(value, context);
        if (session.world.files.stat(path) === undefined) throw missingFile(session, path);
        setTime(session, path, field, time);
        return undefined;
      },
    },
  ];
}

/** `GetLastWriteTime`, `SetCreationTimeUtc` and their kin: those of `File` and `Directory` are the same. */
export const timeMembers: Readonly<Record<string, readonly Overload[]>> = Object.fromEntries(
  timeNames.flatMap(([name, field]) => [
    [`Get${name}`, getter(name, field, 'local')],
    [`Get${name}Utc`, getter(`${name}Utc`, field, 'utc')],
    [`Set${name}`, setter(name, field)],
    [`Set${name}Utc`, setter(`${name}Utc`, field)],
  ]),
);
