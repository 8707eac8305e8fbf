import { posix } from 'node:path';
import { findDrive } from '../../runtime/visible-drives.ts';
import { argumentError, cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { nativeOf, placePath } from './paths.ts';
import { pathsOf, resolveItems, shownPath } from './resolve-items.ts';

const everySet = [
  'ParentSet',
  'LeafSet',
  'LeafBaseSet',
  'ExtensionSet',
  'QualifierSet',
  'NoQualifierSet',
  'IsAbsoluteSet',
];

function part(name: string, set: string, mandatory = true): CmdletParameter {
  return { name, type: 'switch', sets: [set], mandatory, fromPipelineByPropertyName: true };
}

export const splitPath: CmdletDescription = {
  name: 'Split-Path',
  typeName: 'Microsoft.PowerShell.Commands.SplitPathCommand',
  module: 'Microsoft.PowerShell.Management',
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
      const { paths, isLiteral } = pathsOf(call);
      for (const path of paths) {
        const resolved = call.isOn('Resolve') ? resolveItems(call, path, isLiteral).map(shownPath) : [path];
        for (const one of resolved) call.write(partOf(call, one));
      }
    },
  }),
};

/** A drive or provider at the head of a path: `C:`, `FileSystem::`. */
const qualified = /^(?:[\w.]+\\)?\w+::|^[^:/\\]+:/;

function partOf(call: CmdletCall, path: string): string | boolean {
  const qualifier = qualified.exec(path)?.[0] ?? '';
  const rest = path.slice(qualifier.length).replaceAll('\\', '/');
  switch (call.parameterSet) {
    case 'LeafSet':
      return leafOf(call, qualifier, rest);
    case 'LeafBaseSet': {
      const leaf = leafOf(call, qualifier, rest);
      const dot = leaf.lastIndexOf('.');
      return dot < 0 ? leaf : leaf.slice(0, dot);
    }
    case 'ExtensionSet': {
      const leaf = leafOf(call, qualifier, rest);
      const dot = leaf.lastIndexOf('.');
      return dot < 0 || dot === leaf.length - 1 ? '' : leaf.slice(dot);
    }
    case 'QualifierSet':
      return qualifier === '' ? noQualifier(call, path) : qualifier;
    case 'NoQualifierSet':
      return path.slice(qualifier.length);
    case 'IsAbsoluteSet':
      return qualifier !== '' || rest.startsWith('/');
    default:
      return parentOf(call, qualifier, rest);
  }
}

function noQualifier(call: CmdletCall, path: string): never {
  const message = `Cannot parse path because path '${path}' does not have a qualifier specified.`;
  const type = 'System.FormatException';
  return call.fail(cmdletError('ParsePathFormatError', message, { type, category: 'InvalidArgument', target: path }));
}

function leafOf({ session, scope }: CmdletCall, qualifier: string, rest: string): string {
  const trimmed = rest.replace(/\/+$/, '');
  const leaf = trimmed.slice(trimmed.lastIndexOf('/') + 1);
  // What these stand for has a name.
  if (leaf === '.' || leaf === '..') return posix.basename(nativeOf(placePath(session, `${qualifier}${rest}`)));
  if (leaf === '') return qualifier !== '' && /^\/?$/.test(rest) ? `${qualifier}/` : '';
  // The colon of a drive that is not there is part of a name.
  const isName = /^[^:]+:$/.test(qualifier) && leaf === rest && findDrive(scope, qualifier.slice(0, -1)) === undefined;
  return isName ? qualifier + leaf : leaf;
}

function parentOf(call: CmdletCall, qualifier: string, rest: string): string {
  if (qualifier === '' && rest === '/') {
    const message =
      'Cannot process argument because the value of argument "path" is not valid. Change the value of the "path" argument and run the operation again.';
    return call.fail(argumentError('Argument', message, 'path'));
  }
  const trimmed = rest.replace(/\/+$/, '');
  const at = trimmed.lastIndexOf('/');
  // Of `C:x` the drive is no parent.
  if (at < 0) return '';
  const parent = trimmed.slice(0, at);
  if (parent !== '') return qualifier + parent;
  return qualifier === '' ? '' : `${qualifier}/`;
}
