import { baseOf } from '../../conversion/base.ts';
import { PSCredential } from '../../types/security/ps-credential.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletDescription } from '../description.ts';

const why = 'nobody is there to be asked; make it of a name and a secure string: [pscredential]::new($name, $password)';

/** Asks a person for a name and a password: refused, since a script runs alone. A credential that is there already is answered. */
export const getCredential: CmdletDescription = {
  name: 'Get-Credential',
  typeName: 'Microsoft.PowerShell.Commands.GetCredentialCommand',
  module: 'Microsoft.PowerShell.Security',
  defaultSet: 'CredentialSet',
  parameters: [
    { name: 'Credential', type: 'object', sets: ['CredentialSet'], position: 0 },
    { name: 'Message', type: 'string', sets: ['MessageSet'], validate: { notNullOrEmpty: true } },
    { name: 'UserName', type: 'string', sets: ['MessageSet'], position: 0, validate: { notNullOrEmpty: true } },
    { name: 'Title', type: 'string', sets: ['MessageSet'], validate: { notNullOrEmpty: true } },
  ],
  coverage: { state: 'missing', why },
  start: (call) => ({
    process() {
      const given = baseOf(call.get('Credential'));
      if (given instanceof PSCredential) {
        call.write(given);
        return;
      }
      const message = `Get-Credential cannot ask for a name and a password: ${why}.`;
      call.fail(
        cmdletError('GetCredentialNotSupported', message, {
          type: 'System.Management.Automation.PSNotSupportedException',
          category: 'NotImplemented',
        }),
      );
    },
  }),
};
