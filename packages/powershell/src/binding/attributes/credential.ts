import { baseOf, typeOf } from '../../conversion/base.ts';
import { runtimeError } from '../../errors/raise.ts';
import type { ParameterAttribute } from '../attribute.ts';

/** `[Credential()]`: lets credentials through; where PowerShell would ask for one, nobody can answer. */
export const credential: ParameterAttribute = {
  typeName: 'System.Management.Automation.CredentialAttribute',
  kind: 'transformation',
  apply: (value) => {
    const base = baseOf(value);
    if (base !== null && base !== undefined && typeOf(base).name === 'System.Management.Automation.PSCredential')
      return value;
    throw runtimeError(
      'PromptNotSupported',
      'A command that prompts the user failed because the host program or the command type does not support user interaction.',
      { type: 'System.Management.Automation.Host.HostException', category: 'NotImplemented' },
    );
  },
};
