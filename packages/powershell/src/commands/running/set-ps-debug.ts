import type { CmdletDescription } from '../description.ts';

export const setPsDebug: CmdletDescription = {
  name: 'Set-PSDebug',
  typeName: 'Microsoft.PowerShell.Commands.SetPSDebugCommand',
  module: 'Microsoft.PowerShell.Core',
  parameters: [
    {
      name: 'Trace',
      type: 'int',
      sets: ['on'],
      validate: { range: [0, 2] },
      coverage: { state: 'approximated', why: 'accepted and without effect: nothing is traced' },
    },
    {
      name: 'Step',
      type: 'switch',
      sets: ['on'],
      coverage: { state: 'approximated', why: 'accepted and without effect: nobody is there to be asked' },
    },
    { name: 'Strict', type: 'switch', sets: ['on'] },
    { name: 'Off', type: 'switch', sets: ['off'] },
  ],
  start: (call) => ({
    end() {
      const { top } = call.session.global;
      if (call.isOn('Off')) top.strictVersion = undefined;
      else if (call.has('Strict')) top.strictVersion = call.isOn('Strict') ? 1 : 0;
    },
  }),
};
