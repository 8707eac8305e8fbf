import { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletDescription } from '../description.ts';
import { itemsOf } from '../items-of.ts';

const remoteOnly =
  'there are no sessions on other computers and no jobs: the block runs here, and what it needs comes over the web or from files';

const remoteParameters =
  `Session ComputerName Credential Port UseSSL ConfigurationName ApplicationName ThrottleLimit ConnectionUri AsJob
  InDisconnectedSession SessionName HideComputerName JobName FilePath AllowRedirection SessionOption Authentication EnableNetworkAccess RunAsAdministrator
  HostName UserName KeyFilePath Subsystem ConnectingTimeout SSHTransport SSHConnection Options RemoteDebug VMId
  VMName ContainerId CertificateThumbprint`.split(/\s+/);

export const invokeCommand: CmdletDescription = {
  name: 'Invoke-Command',
  typeName: 'Microsoft.PowerShell.Commands.InvokeCommandCommand',
  module: 'Microsoft.PowerShell.Core',
  defaultSet: 'InProcess',
  parameters: [
    {
      name: 'ScriptBlock',
      type: 'scriptblock',
      aliases: ['Command'],
      sets: ['InProcess'],
      mandatory: true,
      position: 0,
      validate: { notNull: true },
    },
    { name: 'NoNewScope', type: 'switch', sets: ['InProcess'] },
    { name: 'InputObject', type: 'object', fromPipeline: true },
    { name: 'ArgumentList', type: 'object[]', aliases: ['Args'] },
  ],
  leftOut: Object.fromEntries(remoteParameters.map((name) => [name, remoteOnly])),
  start: (call) => {
    const inputs: Value[] = [];
    let hasInput = false;
    return {
      process() {
        if (!call.has('InputObject')) return;
        hasInput = true;
        inputs.push(call.get('InputObject') ?? null);
      },
      end() {
        const block = call.get('ScriptBlock');
        if (!(block instanceof ScriptBlock)) return;
        call.session.run(block, {
          args: itemsOf(call.get('ArgumentList')),
          newScope: !call.isOn('NoNewScope'),
          out: call.output,
          streams: call.streams,
          ...(hasInput ? { input: inputs } : {}),
        });
      },
    };
  },
};
