import { objectArray } from '../../values/array.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCall, CmdletDescription, CmdletSteps } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { openFileWriter } from '../output/file-writer.ts';
import { setVariable } from '../variables/variable-access.ts';

export const teeObject: CmdletDescription = {
  name: 'Tee-Object',
  typeName: 'Microsoft.PowerShell.Commands.TeeObjectCommand',
  module: 'Microsoft.PowerShell.Utility',
  aliases: ['tee'],
  defaultSet: 'File',
  parameters: [
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
    { name: 'FilePath', type: 'string', aliases: ['Path'], sets: ['File'], mandatory: true, position: 0 },
    { name: 'LiteralPath', type: 'string', aliases: ['PSPath', 'LP'], sets: ['LiteralFile'], mandatory: true },
    { name: 'Append', type: 'switch', sets: ['File'] },
    { name: 'Encoding', type: 'object', sets: ['File', 'LiteralFile'], validate: { notNullOrEmpty: true } },
    { name: 'Variable', type: 'string', sets: ['Variable'], mandatory: true },
  ],
  start: (call) => (call.parameterSet === 'Variable' ? variableSteps(call) : fileSteps(call)),
};

function variableSteps(call: CmdletCall): CmdletSteps {
  const items: Value[] = [];
  const [name = ''] = textsOf(call.get('Variable'));
  return {
    process() {
      const input = call.get('InputObject') ?? null;
      items.push(input);
      call.write(input);
    },
    end() {
      setVariable(call.scope, name, items.length === 1 ? (items[0] ?? null) : objectArray(items));
    },
  };
}

function fileSteps(call: CmdletCall): CmdletSteps {
  const [path = ''] = textsOf(call.get('LiteralPath') ?? call.get('FilePath'));
  const writer = openFileWriter(call.session, path, {
    append: call.isOn('Append'),
    encoding: call.get('Encoding'),
  });
  return {
    process() {
      const input = call.get('InputObject') ?? null;
      writer.write(input);
      call.write(input);
    },
    clean: () => writer.close(),
  };
}
