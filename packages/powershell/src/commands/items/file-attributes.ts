import { argumentError } from '../cmdlet-error.ts';
import type { CmdletCall } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { type FoundFile, isHidden } from './resolve-items.ts';

/** Whether `-Attributes` lets a file through; `undefined` where nothing was asked for. */
export type AttributeTest = (file: FoundFile) => boolean | undefined;

/** All that .NET knows, in its order; most of them no file on Unix has. */
const names = [
  'None',
  'ReadOnly',
  'Hidden',
  'System',
  'Directory',
  'Archive',
  'Device',
  'Normal',
  'Temporary',
  'SparseFile',
  'ReparsePoint',
  'Compressed',
  'Offline',
  'NotContentIndexed',
  'Encrypted',
  'IntegrityStream',
  'NoScrubData',
];

/** `!Directory+Hidden, ReadOnly`: a comma is or, a plus is and, `!` is not; what is hidden is left out where that is not asked about. */
export function attributeTest(call: CmdletCall): AttributeTest {
  if (!call.has('Attributes')) return () => undefined;
  const text = textsOf(call.get('Attributes')).join(',');
  const choices = text.split(',').map((choice) => choice.split('+').map((term) => termOf(call, term.trim())));
  const asksHidden = /hidden/i.test(text) || call.isOn('Force');
  return (file) => {
    if (!asksHidden && isHidden(file.path)) return false;
    return choices.some((terms) => terms.every(({ name, isNot }) => hasAttribute(file, name) !== isNot));
  };
}

function termOf(call: CmdletCall, term: string): { readonly name: string; readonly isNot: boolean } {
  const isNot = term.startsWith('!');
  const written = term.replace(/^!\s*/, '');
  const short: Readonly<Record<string, string>> = { d: 'Directory', h: 'Hidden', r: 'ReadOnly', l: 'ReparsePoint' };
  const folded = written.toLowerCase();
  const name =
    names.find((one) => one.toLowerCase() === folded) ?? (Object.hasOwn(short, folded) ? short[folded] : undefined);
  if (name !== undefined) return { name, isNot };
  const message = `Cannot bind parameter 'Attributes'. Cannot convert value "${written}" to type "System.Management.Automation.FlagsExpression\`1[System.IO.FileAttributes]". Error: "Unable to match the identifier name ${written} to a valid enumerator name. Specify one of the following enumerator names and try again:\n${names.join(', ')}"`;
  return call.fail(argumentError('CannotConvertArgumentNoMessage', message, 'Attributes'));
}

function hasAttribute({ path, status }: FoundFile, name: string): boolean {
  const isFolder = status.kind === 'directory';
  switch (name) {
    case 'Directory':
      return isFolder;
    case 'Hidden':
      return isHidden(path);
    case 'ReadOnly':
      return status.readOnly;
    case 'ReparsePoint':
      return status.isLink;
    case 'Normal':
      return !isFolder && !isHidden(path) && !status.readOnly && !status.isLink;
    default:
      return false;
  }
}
