import { netFailure } from '../../errors/raise.ts';
import { defaultComparer } from '../../values/key-comparer.ts';
import { text } from '../../values/narrow.ts';
import { Hashtable } from '../collections/hashtable.ts';
import { Version } from '../identity/version.ts';
import type { TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';

/** `System.Environment`: the variables that the host program gave, and nothing that tells of the machine. */
export const environmentDescription: TypeDescription = {
  name: 'System.Environment',
  kind: 'class',
  isAbstract: true,
  staticProperties: {
    CommandLine: { type: 'string', get: () => '' },
    CurrentDirectory: { type: 'string', get: (_self, context) => sessionOf(context).location },
    ExitCode: { type: 'int', get: () => 0, set: () => undefined },
    HasShutdownStarted: { type: 'bool', get: () => false },
    Is64BitOperatingSystem: { type: 'bool', get: () => true },
    Is64BitProcess: { type: 'bool', get: () => true },
    MachineName: { type: 'string', get: () => 'localhost' },
    NewLine: { type: 'string', get: () => '\n' },
    ProcessorCount: { type: 'int', get: () => 1 },
    TickCount: {
      type: 'int',
      get: (_self, context) => Math.floor(context.clock.now()) % 2_147_483_648,
    },
    TickCount64: { type: 'long', get: (_self, context) => BigInt(Math.floor(context.clock.now())) },
    UserDomainName: { type: 'string', get: () => 'localhost' },
    UserInteractive: { type: 'bool', get: () => false },
    UserName: { type: 'string', get: () => 'user' },
    Version: { type: 'version', get: () => new Version([10, 0, 0]) },
  },
  staticMethods: {
    ExpandEnvironmentVariables: [
      {
        signature: 'static string ExpandEnvironmentVariables(string name)',
        invoke: (_self, [value], context) =>
          text(value).replace(
            /%([^%]+)%/g,
            (all, name) => sessionOf(context).world.environment.get(String(name)) ?? all,
          ),
      },
    ],
    GetEnvironmentVariable: [
      {
        signature: 'static string GetEnvironmentVariable(string variable)',
        invoke: (_self, [name], context) => sessionOf(context).world.environment.get(text(name)) ?? null,
      },
      {
        signature: 'static string GetEnvironmentVariable(string variable, System.EnvironmentVariableTarget target)',
        invoke: (_self, [name], context) => sessionOf(context).world.environment.get(text(name)) ?? null,
      },
    ],
    GetEnvironmentVariables: [
      {
        signature: 'static System.Collections.IDictionary GetEnvironmentVariables()',
        invoke: (_self, _none, context) => {
          const table = new Hashtable(defaultComparer);
          for (const [name, value] of sessionOf(context).world.environment) table.set(name, value);
          return table;
        },
      },
    ],
    SetEnvironmentVariable: [
      {
        signature: 'static void SetEnvironmentVariable(string variable, string value)',
        invoke: (_self, [name, value], context) => {
          const { environment } = sessionOf(context).world;
          if (text(name) === '') {
            throw netFailure('System.ArgumentException', 'String cannot be of zero length.', { parameter: 'variable' });
          }
          if (value === null || value === undefined) environment.delete(text(name));
          else environment.set(text(name), text(value));
          return undefined;
        },
      },
    ],
  },
};
