import type { CmdletDescription } from '../description.ts';

export const registerArgumentCompleter: CmdletDescription = {
  name: 'Register-ArgumentCompleter',
  typeName: 'System.Management.Automation.RegisterArgumentCompleterCommand',
  module: 'Microsoft.PowerShell.Core',
  parameters: [
    {
      name: 'CommandName',
      type: 'string[]',
      sets: [{ set: 'NativeCommandSet', mandatory: true }, 'PowerShellSet'],
    },
    { name: 'ParameterName', type: 'string', sets: ['PowerShellSet'], mandatory: true },
    { name: 'ScriptBlock', type: 'scriptblock', mandatory: true },
    { name: 'Native', type: 'switch', sets: ['NativeCommandSet'] },
    { name: 'NativeFallback', type: 'switch', sets: ['NativeFallbackSet'] },
  ],
  coverage: { state: 'approximated', why: 'accepted and without effect: nobody types commands' },
  start: () => ({}),
};
