import { posix } from 'node:path';
import { cmdletError } from '../../commands/cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../../commands/description.ts';
import { resolveNative } from '../../commands/items/paths.ts';
import { textsOf } from '../../commands/items-of.ts';
import { setVariable } from '../../commands/variables/variable-access.ts';
import { Collector } from '../../runtime/output.ts';
import { objectArray } from '../../values/array.ts';
import type { Value } from '../../values/value.ts';
import { manifestViolation } from '../data-language.ts';
import { readScriptFile } from '../script-file.ts';

export const importLocalizedData: CmdletDescription = {
  name: 'Import-LocalizedData',
  typeName: 'Microsoft.PowerShell.Commands.ImportLocalizedData',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    { name: 'BindingVariable', type: 'string', aliases: ['Variable'], position: 0, validate: { notNullOrEmpty: true } },
    { name: 'UICulture', type: 'string', position: 1 },
    { name: 'BaseDirectory', type: 'string' },
    { name: 'FileName', type: 'string' },
    { name: 'SupportedCommand', type: 'string[]', validate: { notNull: true } },
  ],
  start: (call) => ({
    process() {
      const file = dataFile(call);
      if (file === undefined) return;
      const value = dataOf(call, file);
      const [variable] = textsOf(call.get('BindingVariable'));
      if (variable === undefined) call.write(value);
      else setVariable(call.scope, variable, value, { session: call.session });
    },
  }),
};

/** The first of the culture's folder, those of its parents, and the folder itself that has the file. */
function dataFile(call: CmdletCall): string | undefined {
  const { session } = call;
  const script = call.invocation.source?.file;
  const text = (parameter: string) => textsOf(call.get(parameter))[0];
  const base = text('BaseDirectory');
  const given = text('FileName') ?? (script === undefined ? undefined : posix.basename(script, posix.extname(script)));
  if (given === undefined) {
    const message =
      'The FileName parameter was not specified. The FileName parameter is required when Import-LocalizedData is not called from a script file.';
    const type = 'System.Management.Automation.PSInvalidOperationException';
    return call.fail(cmdletError('ImportLocalizedData', message, { type }));
  }
  const folder = base === undefined ? posix.dirname(script ?? session.location) : resolveNative(session, base);
  const file = `${given.replace(/\.psd1$/i, '')}.psd1`;
  const [culture = 'en-US'] = [text('UICulture')];
  const parts = culture.split('-');
  const cultures = parts.map((_, at) => parts.slice(0, parts.length - at).join('-'));
  const candidates = [...cultures.map((one) => posix.join(folder, one, file)), posix.join(folder, file)];
  const found = candidates.find((path) => session.world.files.stat(path)?.kind === 'file');
  if (found !== undefined) return found;
  const message = `Cannot find the PowerShell data file '${file}' in directory '${folder}', or in any parent culture directories.`;
  const type = 'System.Management.Automation.PSInvalidOperationException';
  call.writeError(cmdletError('ImportLocalizedData', message, { type, category: 'ObjectNotFound', target: folder }));
  return undefined;
}

/** Data of a file, in which the commands of `-SupportedCommand` may stand beside `ConvertFrom-StringData`. */
function dataOf(call: CmdletCall, file: string): Value {
  const { session } = call;
  const block = readScriptFile(session, file, session.global);
  const violation = manifestViolation(block.ast, ['ConvertFrom-StringData', ...textsOf(call.get('SupportedCommand'))]);
  if (violation !== undefined) {
    const message = `The following error occurred while PowerShell was loading the '${file}' script data file:\n${violation}`;
    const type = 'System.Management.Automation.PSInvalidOperationException';
    call.fail(cmdletError('InvalidOperation', message, { type }));
  }
  const out = new Collector();
  session.run(block, { newScope: true, out, streams: call.streams });
  const [only] = out.items;
  return out.items.length === 1 ? (only ?? null) : objectArray(out.items);
}
