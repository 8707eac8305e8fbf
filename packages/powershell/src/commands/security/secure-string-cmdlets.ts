import { SecureString } from '../../types/security/secure-string.ts';
import { argumentError, cmdletError } from '../cmdlet-error.ts';
import type { CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';

const encrypted = {
  state: 'approximated',
  why: 'with -AsPlainText only: texts encrypted by a key of the machine or of the user are refused',
} as const;

export const convertToSecureString: CmdletDescription = {
  name: 'ConvertTo-SecureString',
  typeName: 'Microsoft.PowerShell.Commands.ConvertToSecureStringCommand',
  module: 'Microsoft.PowerShell.Security',
  defaultSet: 'Secure',
  parameters: [
    { name: 'String', type: 'string', mandatory: true, position: 0, fromPipeline: true },
    { name: 'AsPlainText', type: 'switch', sets: ['PlainText'], position: 1 },
    { name: 'Force', type: 'switch', sets: ['PlainText'], position: 2 },
    { name: 'SecureKey', type: 'securestring', sets: ['Secure'], position: 1 },
    { name: 'Key', type: 'byte[]', sets: ['Open'] },
  ],
  coverage: encrypted,
  start: (call) => ({
    process() {
      const [text = ''] = textsOf(call.get('String'));
      if (!call.isOn('AsPlainText')) {
        const message = 'The input data is not in the form that this engine can read: use -AsPlainText.';
        call.fail(argumentError('ImportSecureString_InvalidArgument', message, 'String'));
      }
      const secure = new SecureString(text);
      secure.makeReadOnly();
      call.write(secure);
    },
  }),
};

export const convertFromSecureString: CmdletDescription = {
  name: 'ConvertFrom-SecureString',
  typeName: 'Microsoft.PowerShell.Commands.ConvertFromSecureStringCommand',
  module: 'Microsoft.PowerShell.Security',
  defaultSet: 'Secure',
  parameters: [
    { name: 'SecureString', type: 'securestring', mandatory: true, position: 0, fromPipeline: true },
    { name: 'AsPlainText', type: 'switch', sets: ['AsPlainText'] },
    { name: 'SecureKey', type: 'securestring', sets: ['Secure'], position: 1 },
    { name: 'Key', type: 'byte[]', sets: ['Open'] },
  ],
  coverage: encrypted,
  start: (call) => ({
    process() {
      const secure = call.get('SecureString');
      if (!(secure instanceof SecureString)) return;
      if (call.isOn('AsPlainText')) call.write(secure.reveal());
      else {
        const message = 'Text encrypted by a key cannot be made here: use -AsPlainText.';
        call.fail(cmdletError('ExportSecureString_NotSupported', message, { category: 'NotImplemented' }));
      }
    },
  }),
};
