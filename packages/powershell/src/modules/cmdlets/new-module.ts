import type { CmdletDescription } from '../../commands/description.ts';
import { itemsOf, textsOf } from '../../commands/items-of.ts';
import { Collector } from '../../runtime/output.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import { importMembers, limitExports } from '../members.ts';
import { moduleObject } from '../module-object.ts';
import { inState, newModule, runBody } from '../run-module.ts';

export const newModuleCmdlet: CmdletDescription = {
  name: 'New-Module',
  typeName: 'Microsoft.PowerShell.Commands.NewModuleCommand',
  module: 'Microsoft.PowerShell.Core',
  defaultSet: 'ScriptBlock',
  parameters: [
    { name: 'Name', type: 'string', sets: ['Name'], mandatory: true, position: 0, fromPipeline: true },
    {
      name: 'ScriptBlock',
      type: 'scriptblock',
      sets: [
        { set: 'Name', mandatory: true, position: 1 },
        { set: 'ScriptBlock', mandatory: true, position: 0 },
      ],
      validate: { notNull: true },
    },
    { name: 'Function', type: 'string[]', validate: { notNull: true } },
    { name: 'Cmdlet', type: 'string[]', validate: { notNull: true } },
    { name: 'ReturnResult', type: 'switch' },
    { name: 'AsCustomObject', type: 'switch' },
    { name: 'ArgumentList', type: 'object[]', aliases: ['Args'], fromRemainingArguments: true },
  ],
  start: (call) => ({
    end() {
      const { session, scope } = call;
      const block = call.get('ScriptBlock');
      if (!(block instanceof ScriptBlock)) return;
      const id = uuid(session.world.random.bytes(16));
      const module = newModule(session, textsOf(call.get('Name'))[0] ?? `__DynamicModule_${id}`, '');
      module.path = `${session.location}/${id}`;
      const out = new Collector();
      const args = itemsOf(call.get('ArgumentList'));
      runBody(session, module, (state) => inState(block, state), { args, streams: call.streams, out });
      if (call.has('Function')) limitExports(module, { functions: textsOf(call.get('Function')) });
      if (call.isOn('AsCustomObject')) {
        call.write(moduleObject(session, module));
        return;
      }
      importMembers(session, module, scope.state.top);
      if (!call.isOn('ReturnResult')) call.write(module);
      else for (const item of out.items) call.write(item);
    },
  }),
};

function uuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
