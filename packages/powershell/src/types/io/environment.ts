import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { EnumValue } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { defaultComparer } from '../../values/key-comparer.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { Hashtable } from '../collections/hashtable.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import { Version } from '../identity/version.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { methodTable } from '../method-table.ts';
import type { CallContext, NetType, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';

/** `System.OperatingSystem`: Linux, as the engine has it on every system, of no version in particular. */
class OperatingSystem extends Instance {
  get type(): NetType {
    return namedType('System.OperatingSystem');
  }
}

const system = new OperatingSystem();
const systemVersion = new Version([5, 0, 0, 0]);

function environmentOf(context: CallContext): Map<string, string> {
  return sessionOf(context).world.environment;
}

/** The variables of the machine and of the user are those of Windows: elsewhere there are none, and setting them does nothing. */
function isOwn(target: Value): boolean {
  return target === undefined || as(target, EnumValue).value === 0;
}

function read([name, target]: readonly Value[], context: CallContext): Value {
  return isOwn(target) ? (environmentOf(context).get(text(name)) ?? null) : null;
}

function readAll([target]: readonly Value[], context: CallContext): Value {
  const table = new Hashtable(defaultComparer);
  if (isOwn(target)) for (const [name, value] of environmentOf(context)) table.set(name, value);
  return table;
}

/** @throws NetFailure ArgumentNullException, ArgumentException for what is no name */
function write([name, value, target]: readonly Value[], context: CallContext): undefined {
  const variable = text(name);
  const parameter = 'variable';
  if (variable === '')
    throw netFailure('System.ArgumentException', 'The value cannot be an empty string.', { parameter });
  if (variable.startsWith('\0')) {
    const message = 'The first char in the string is the null character.';
    throw netFailure('System.ArgumentException', message, { parameter });
  }
  if (variable.includes('=')) {
    const message = 'Environment variable name cannot contain equal character.';
    throw netFailure('System.ArgumentException', message, { parameter });
  }
  if (!isOwn(target)) return undefined;
  if (value === null || value === undefined) environmentOf(context).delete(variable);
  else environmentOf(context).set(variable, text(value));
  return undefined;
}

/** What of .NET's well-known folders is known here: those of the home folder that the environment names. */
function folder(which: Value, context: CallContext): string {
  const home = environmentOf(context).get('HOME') ?? '';
  const at = folders[Number(as(which, EnumValue).value)];
  return at === undefined || home === '' ? '' : `${home}${at}`;
}

const folders: Readonly<Record<number, string>> = { 5: '', 26: '/.config', 28: '/.local/share', 40: '' };

const target = 'System.EnvironmentVariableTarget target';
const special = 'System.Environment+SpecialFolder';

/** `System.Environment`: the variables that the host program gave, and nothing that tells of the machine or of its user. */
const environmentDescription: TypeDescription = {
  name: 'System.Environment',
  kind: 'class',
  isAbstract: true,
  staticProperties: {
    CommandLine: { type: 'string', get: () => '' },
    CurrentDirectory: { type: 'string', get: (_self, context) => sessionOf(context).location },
    CurrentManagedThreadId: { type: 'int', get: () => 1 },
    ExitCode: { type: 'int', get: () => 0, set: () => undefined },
    HasShutdownStarted: { type: 'bool', get: () => false },
    Is64BitOperatingSystem: { type: 'bool', get: () => true },
    Is64BitProcess: { type: 'bool', get: () => true },
    IsPrivilegedProcess: { type: 'bool', get: () => false },
    MachineName: { type: 'string', get: () => 'localhost' },
    NewLine: { type: 'string', get: () => '\n' },
    OSVersion: { type: 'System.OperatingSystem', get: () => system },
    ProcessId: { type: 'int', get: () => 1 },
    ProcessorCount: { type: 'int', get: () => 1 },
    StackTrace: { type: 'string', get: () => '' },
    SystemDirectory: { type: 'string', get: () => '' },
    SystemPageSize: { type: 'int', get: () => 4096 },
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
  staticMethods: methodTable({
    'static string ExpandEnvironmentVariables(string name)': (_self, [value], context) =>
      text(value).replace(/%([^%]+)%/g, (all, name) => environmentOf(context).get(String(name)) ?? all),
    'static string[] GetCommandLineArgs()': () => new NetArray(netTypes.string, []),
    'static string GetEnvironmentVariable(string variable)': (_self, args, context) => read(args, context),
    [`static string GetEnvironmentVariable(string variable, ${target})`]: (_self, args, context) => read(args, context),
    [`static System.Collections.IDictionary GetEnvironmentVariables(${target})`]: (_self, args, context) =>
      readAll(args, context),
    'static System.Collections.IDictionary GetEnvironmentVariables()': (_self, args, context) => readAll(args, context),
    [`static string GetFolderPath(${special} folder)`]: (_self, [which], context) => folder(which, context),
    [`static string GetFolderPath(${special} folder, ${special}Option option)`]: (_self, [which], context) =>
      folder(which, context),
    'static string[] GetLogicalDrives()': () => new NetArray(netTypes.string, ['/']),
    'static void SetEnvironmentVariable(string variable, string value)': (_self, args, context) => write(args, context),
    [`static void SetEnvironmentVariable(string variable, string value, ${target})`]: (_self, args, context) =>
      write(args, context),
  }),
};

export const environmentDescriptions: readonly TypeDescription[] = [
  environmentDescription,
  enumeration('System.EnvironmentVariableTarget', ['Process', 'User', 'Machine']),
  enumeration(special, {
    Desktop: 0,
    Programs: 2,
    MyDocuments: 5,
    Personal: 5,
    Favorites: 6,
    Startup: 7,
    Recent: 8,
    SendTo: 9,
    StartMenu: 11,
    MyMusic: 13,
    MyVideos: 14,
    DesktopDirectory: 16,
    MyComputer: 17,
    NetworkShortcuts: 19,
    Fonts: 20,
    Templates: 21,
    CommonStartMenu: 22,
    CommonPrograms: 23,
    CommonStartup: 24,
    CommonDesktopDirectory: 25,
    ApplicationData: 26,
    PrinterShortcuts: 27,
    LocalApplicationData: 28,
    InternetCache: 32,
    Cookies: 33,
    History: 34,
    CommonApplicationData: 35,
    Windows: 36,
    System: 37,
    ProgramFiles: 38,
    MyPictures: 39,
    UserProfile: 40,
    SystemX86: 41,
    ProgramFilesX86: 42,
    CommonProgramFiles: 43,
    CommonProgramFilesX86: 44,
    CommonTemplates: 45,
    CommonDocuments: 46,
    CommonAdminTools: 47,
    AdminTools: 48,
    CommonMusic: 53,
    CommonPictures: 54,
    CommonVideos: 55,
    Resources: 56,
    LocalizedResources: 57,
    CommonOemLinks: 58,
    CDBurning: 59,
  }),
  enumeration(`${special}Option`, { None: 0, Create: 32_768, DoNotVerify: 16_384 }),
  enumeration('System.PlatformID', {
    Win32S: 0,
    Win32Windows: 1,
    Win32NT: 2,
    WinCE: 3,
    Unix: 4,
    Xbox: 5,
    MacOSX: 6,
    Other: 7,
  }),
  {
    name: 'System.OperatingSystem',
    kind: 'class',
    properties: {
      Platform: { type: 'System.PlatformID', get: () => enumOf('System.PlatformID', 4) },
      ServicePack: { type: 'string', get: () => '' },
      Version: { type: 'version', get: () => systemVersion },
      VersionString: { type: 'string', get: () => 'Unix 5.0.0.0' },
    },
    staticMethods: methodTable({
      'static bool IsLinux()': () => true,
      'static bool IsMacOS()': () => false,
      'static bool IsWindows()': () => false,
    }),
    toText: () => 'Unix 5.0.0.0',
  },
];
