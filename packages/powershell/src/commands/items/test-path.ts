import { baseOf } from '../../conversion/base.ts';
import { NetFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { DateTime, dateFromUnix } from '../../types/time/date-time.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { itemsOf } from '../items-of.ts';
import { filterParameters, pathParameters } from './path-parameters.ts';
import { itemName, nativeOf, type PlacedPath, placePath } from './paths.ts';
import { itemsOfProvider } from './provider-items.ts';
import { type FoundFile, glob, type Item, itemFilter, unescaped } from './resolve-items.ts';

export const testPath: CmdletDescription = {
  name: 'Test-Path',
  typeName: 'Microsoft.PowerShell.Commands.TestPathCommand',
  module: 'Microsoft.PowerShell.Management',
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
    { name: 'OlderThan', type: 'System.Nullable[datetime]' },
    { name: 'NewerThan', type: 'System.Nullable[datetime]' },
  ],
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
      for (const path of paths) call.write(isThere(call, path === null ? '' : call.session.text(path), isLiteral));
    },
  }),
};

function isThere(call: CmdletCall, path: string, isLiteral: boolean): boolean {
  if (path.trim() === '') return false;
  const isPattern = !isLiteral && WildcardPattern.has(path);
  try {
    const placed = placePath(call.session, path, isPattern ? 'pattern' : 'literal');
    if (call.isOn('IsValid')) return !path.includes('\0');
    return exists(call, placed, isPattern, isLiteral);
  } catch (error) {
    // What lies outside of what scripts may see is not there for them, nor is what lies on a drive that is not there.
    if (error instanceof NetFailure || error instanceof Thrown) return false;
    throw error;
  }
}

function exists(call: CmdletCall, placed: PlacedPath, isPattern: boolean, isLiteral: boolean): boolean {
  const { session, scope } = call;
  const kind = call.has('PathType') ? session.text(call.get('PathType')).toLowerCase() : 'any';
  const isWanted = itemFilter(call);
  const { drive } = placed;
  const items = itemsOfProvider(drive.provider);
  if (items === undefined) {
    const isKind = ({ status }: FoundFile) =>
      kind === 'any' || (kind === 'container') === (status.kind === 'directory');
    return filesAt(call, placed, isPattern, isLiteral).some(
      (file) => isKind(file) && isOfTime(call, file) && isWanted(file),
    );
  }
  const name = itemName(placed);
  if (name === '') return kind !== 'leaf';
  if (kind === 'container') return false;
  const found: Item[] = [];
  if (isPattern) {
    const pattern = new WildcardPattern(name);
    for (const item of items.list(session, scope)) {
      if (pattern.matches(item.name)) found.push({ kind: 'item', drive, items, item });
    }
  } else {
    const item = items.find(session, scope, isLiteral ? name : WildcardPattern.unescape(name));
    if (item !== undefined) found.push({ kind: 'item', drive, items, item });
  }
  return found.some(isWanted);
}

function filesAt({ session }: CmdletCall, placed: PlacedPath, isPattern: boolean, isLiteral: boolean): FoundFile[] {
  if (isPattern) return glob(session, placed, true);
  const path = nativeOf(isLiteral ? placed : unescaped(placed));
  const status = session.world.files.stat(path);
  return status === undefined ? [] : [{ kind: 'file', path, status, drive: placed.drive }];
}

/** `-NewerThan` and `-OlderThan`, by the last change. */
function isOfTime(call: CmdletCall, { status }: FoundFile): boolean {
  const { ticks } = dateFromUnix(status.modified, 'local');
  const newer = baseOf(call.get('NewerThan'));
  const older = baseOf(call.get('OlderThan'));
  if (newer instanceof DateTime && ticks <= newer.ticks) return false;
  return !(older instanceof DateTime && ticks >= older.ticks);
}
