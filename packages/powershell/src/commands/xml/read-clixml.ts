import { baseOf } from '../../conversion/base.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { deserialize } from '../../types/xml/clixml/clixml.ts';
import { decodeXml } from '../../types/xml/decode-xml.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { List } from '../../values/list.ts';
import { SmallInteger, UInt64 } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { onlyFile } from '../items/only-file.ts';
import { resolveNative } from '../items/paths.ts';
import { textsOf } from '../items-of.ts';

export const importClixml: CmdletDescription = {
  name: 'Import-Clixml',
  typeName: 'Microsoft.PowerShell.Commands.ImportClixmlCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'ByPath',
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: ['ByPath'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: ['ByLiteralPath'],
      mandatory: true,
      fromPipelineByPropertyName: true,
    },
    { name: 'IncludeTotalCount', type: 'switch', coverage: { state: 'approximated', why: 'the total is never known' } },
    { name: 'Skip', type: 'ulong' },
    { name: 'First', type: 'ulong' },
  ],
  start: (call) => ({
    process() {
      const isLiteral = call.has('LiteralPath');
      for (const path of textsOf(call.get(isLiteral ? 'LiteralPath' : 'Path'))) {
        const file = isLiteral ? resolveNative(call.session, path) : onlyFile(call, path);
        const values = deserialize(decodeXml(readFile(call, file)), call.session);
        if (call.has('Skip') || call.has('First')) writePage(call, values);
        else for (const value of values) call.write(value);
      }
    },
  }),
};

function readFile(call: CmdletCall, path: string): Uint8Array {
  try {
    return call.session.world.files.readBytes(path);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    return call.fail(new ErrorRecord(error.exception, 'FileOpenFailure', 'OpenError', path));
  }
}

function numberOf(value: Value, absent: number): number {
  if (value instanceof UInt64 || value instanceof SmallInteger) return Number(value.value);
  return absent;
}

/** Items of collections count one by one. */
function writePage(call: CmdletCall, values: Iterable<Value>): void {
  const skip = numberOf(call.get('Skip'), 0);
  const first = numberOf(call.get('First'), Number.POSITIVE_INFINITY);
  let place = 0;
  for (const value of values) {
    const base = baseOf(value);
    const items = base instanceof List ? base.items : base instanceof Dictionary ? base.pairs() : [value];
    for (const item of items) {
      if (place >= skip + first) return;
      if (place++ >= skip) call.write(item);
    }
  }
}

export const convertFromClixml: CmdletDescription = {
  name: 'ConvertFrom-CliXml',
  typeName: 'Microsoft.PowerShell.Commands.ConvertFromClixmlCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [{ name: 'InputObject', type: 'string', mandatory: true, position: 0, fromPipeline: true }],
  start: (call) => {
    let markup = '';
    return {
      process() {
        const [text = ''] = textsOf(call.get('InputObject'));
        markup += text;
        call.session.budget.reserve(markup.length * 2);
      },
      end() {
        for (const value of deserialize(markup, call.session)) call.write(value);
      },
    };
  },
};
