import { posix } from 'node:path';
import { baseOf } from '../../conversion/base.ts';
import { NetFailure } from '../../errors/raise.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { PathInfo } from '../../types/automation/path-info.ts';
import { argumentError, cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { itemsOf, textsOf } from '../items-of.ts';
import { driveNamed } from './drives.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import { resolveNative, splitDrive } from './paths.ts';
import { glob, pathsOf, resolveItems } from './resolve-items.ts';

const management = 'Microsoft.PowerShell.Management';

export const testPath: CmdletDescription = {
  name: 'Test-Path',
  typeName: 'Microsoft.PowerShell.Commands.TestPathCommand',
  module: management,
  defaultSet: 'Path',
  parameters: [
    ...pathParameters().map((parameter) => ({
      ...parameter,
      allowNull: true,
      allowEmptyString: true,
      allowEmptyCollection: true,
    })),
    ...filterParameters,
    { name: 'PathType', type: 'string', aliases: ['Type'], validate: { set: ['Any', 'Container', 'Leaf'] } },
    { name: 'IsValid', type: 'switch' },
  ],
  leftOut: {
    OlderThan: 'times of files are not compared',
    NewerThan: 'times of files are not compared',
  },
  start: (call) => ({
    process() {
      const isLiteral = call.has('LiteralPath');
      const given = call.get(isLiteral ? 'LiteralPath' : 'Path');
      const paths = itemsOf(given);
      if (baseOf(given) === null || paths.length === 0) {
        const message =
          "Value cannot be null. (Parameter 'The provided Path argument was null or an empty collection.')";
        const type = 'System.ArgumentNullException';
        call.writeError(cmdletError('NullPathNotPermitted', message, { type, category: 'InvalidArgument' }));
        return;
      }
      for (const path of paths) call.write(exists(call, path === null ? '' : call.session.text(path), isLiteral));
    },
  }),
};

function exists(call: CmdletCall, path: string, isLiteral: boolean): boolean {
  if (path.trim() === '') return false;
  const { session, scope } = call;
  const { drive: driveName, path: rest } = splitDrive(path);
  if (call.isOn('IsValid')) return driveName === 'file' || driveNamed(driveName) !== undefined;
  const kind = call.has('PathType') ? session.text(call.get('PathType')).toLowerCase() : 'any';
  if (driveName !== 'file') {
    const drive = driveNamed(driveName);
    const name = rest.replace(/^[/\\]/, '');
    if (drive === undefined) return false;
    if (name === '') return kind !== 'leaf';
    if (kind === 'container') return false;
    if (isLiteral || !WildcardPattern.has(name))
      return drive.find(session, scope, WildcardPattern.unescape(name)) !== undefined;
    const pattern = new WildcardPattern(name);
    return [...drive.list(session, scope)].some((item) => pattern.matches(item.name));
  }
  const isKind = (isFolder: boolean) => kind === 'any' || (kind === 'container') === isFolder;
  try {
    if (!isLiteral && WildcardPattern.has(path)) {
      return glob(session, path).some(({ status }) => isKind(status.kind === 'directory'));
    }
    const native = resolveNative(session, isLiteral ? path : WildcardPattern.unescape(path));
    const status = session.world.files.stat(native);
    if (status === undefined || !isKind(status.kind === 'directory')) return false;
    return !/[/\\]$/.test(path) || status.kind === 'directory';
  } catch (error) {
    // What lies outside of what scripts may see is not there for them.
    if (error instanceof NetFailure) return false;
    throw error;
  }
}

export const joinPath: CmdletDescription = {
  name: 'Join-Path',
  typeName: 'Microsoft.PowerShell.Commands.JoinPathCommand',
  module: management,
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      aliases: ['PSPath'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    {
      name: 'ChildPath',
      type: 'string[]',
      mandatory: true,
      position: 1,
      fromPipelineByPropertyName: true,
      allowNull: true,
      allowEmptyString: true,
      allowEmptyCollection: true,
    },
    {
      name: 'AdditionalChildPath',
      type: 'string[]',
      position: 2,
      fromPipelineByPropertyName: true,
      fromRemainingArguments: true,
      allowNull: true,
      allowEmptyString: true,
      allowEmptyCollection: true,
    },
    { name: 'Resolve', type: 'switch' },
  ],
  start: (call) => ({
    process() {
      const children = [...textsOf(call.get('ChildPath')), ...textsOf(call.get('AdditionalChildPath'))];
      for (const path of textsOf(call.get('Path'))) {
        const joined = children.reduce(join, path);
        if (!call.isOn('Resolve')) call.write(joined);
        else
          for (const item of resolveItems(call, joined, false)) call.write(item.kind === 'file' ? item.path : joined);
      }
    },
  }),
};

/** One separator between the two, whatever they end and begin with; backslashes become slashes. */
function join(parent: string, child: string): string {
  const start = parent.replaceAll('\\', '/');
  const end = child.replaceAll('\\', '/').replace(/^\/+/, '');
  if (start === '') return end;
  if (end === '') return start.endsWith('/') ? start : `${start}/`;
  return `${start.replace(/\/$/, '')}/${end}`;
}

const everySet = [
  'ParentSet',
  'LeafSet',
  'LeafBaseSet',
  'ExtensionSet',
  'QualifierSet',
  'NoQualifierSet',
  'IsAbsoluteSet',
];

function part(name: string, set: string, mandatory = true) {
  return { name, type: 'switch', sets: [set], mandatory, fromPipelineByPropertyName: true } as const;
}

export const splitPath: CmdletDescription = {
  name: 'Split-Path',
  typeName: 'Microsoft.PowerShell.Commands.SplitPathCommand',
  module: management,
  defaultSet: 'ParentSet',
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: everySet,
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: ['LiteralPathSet'],
      mandatory: true,
      fromPipelineByPropertyName: true,
    },
    part('Qualifier', 'QualifierSet'),
    part('NoQualifier', 'NoQualifierSet'),
    part('Parent', 'ParentSet', false),
    part('Leaf', 'LeafSet'),
    part('LeafBase', 'LeafBaseSet'),
    part('Extension', 'ExtensionSet'),
    { name: 'Resolve', type: 'switch' },
    part('IsAbsolute', 'IsAbsoluteSet'),
  ],
  start: (call) => ({
    process() {
      for (const path of pathsOf(call).paths) {
        const resolved = call.isOn('Resolve')
          ? resolveItems(call, path, false).flatMap((item) => (item.kind === 'file' ? [item.path] : []))
          : [path];
        for (const one of resolved) call.write(partOf(call, one));
      }
    },
  }),
};

function partOf(call: CmdletCall, path: string): string | boolean {
  const slashed = path.replaceAll('\\', '/');
  const qualifier = /^[A-Za-z][A-Za-z0-9_]*:/.exec(slashed)?.[0] ?? '';
  const trimmed = slashed.length > 1 ? slashed.replace(/\/+$/, '') : slashed;
  const leaf = trimmed === '/' ? '/' : (trimmed.slice(qualifier.length).split('/').at(-1) ?? '');
  switch (call.parameterSet) {
    case 'LeafSet':
      return leaf;
    case 'LeafBaseSet':
      return leaf.replace(/\.[^.]*$/, '');
    case 'ExtensionSet':
      return posix.extname(leaf);
    case 'QualifierSet':
      if (qualifier !== '') return qualifier;
      return call.fail(
        cmdletError(
          'ParsePathFormatError',
          `Cannot parse path because path '${path}' does not have a qualifier specified.`,
          {
            type: 'System.FormatException',
            category: 'InvalidArgument',
            target: path,
          },
        ),
      );
    case 'NoQualifierSet':
      return slashed.slice(qualifier.length);
    case 'IsAbsoluteSet':
      return qualifier !== '' || slashed.startsWith('/');
    default:
      return parentOf(call, trimmed, qualifier);
  }
}

function parentOf(call: CmdletCall, path: string, qualifier: string): string {
  if (path === '/') {
    const message =
      'Cannot process argument because the value of argument "path" is not valid. Change the value of the "path" argument and run the operation again.';
    return call.fail(argumentError('Argument', message, 'path'));
  }
  const rest = path.slice(qualifier.length);
  const at = rest.lastIndexOf('/');
  if (at < 0) return qualifier;
  return qualifier + (at === 0 ? (rest.length > 1 ? '/' : '') : rest.slice(0, at));
}

export const resolvePath: CmdletDescription = {
  name: 'Resolve-Path',
  typeName: 'Microsoft.PowerShell.Commands.ResolvePathCommand',
  module: management,
  defaultSet: 'Path',
  parameters: [...pathParameters(), { name: 'Relative', type: 'switch' }, force],
  start: (call) => ({
    process() {
      const { paths, isLiteral } = pathsOf(call);
      for (const item of paths.flatMap((path) => resolveItems(call, path, isLiteral))) {
        if (item.kind === 'item') call.write(new PathInfo(`${item.drive.provider}:/${item.item.name}`));
        else if (call.isOn('Relative')) call.write(relativeTo(call.session.location, item.path));
        else call.write(new PathInfo(item.path));
      }
    },
  }),
};

function relativeTo(from: string, path: string): string {
  const relative = posix.relative(from, path);
  return relative === '' ? '.' : relative.startsWith('..') ? relative : `./${relative}`;
}

export const convertPath: CmdletDescription = {
  name: 'Convert-Path',
  typeName: 'Microsoft.PowerShell.Commands.ConvertPathCommand',
  module: management,
  defaultSet: 'Path',
  parameters: [...pathParameters(), force],
  start: (call) => ({
    process() {
      const { paths, isLiteral } = pathsOf(call);
      for (const item of paths.flatMap((path) => resolveItems(call, path, isLiteral))) {
        call.write(item.kind === 'file' ? item.path : item.item.name);
      }
    },
  }),
};
