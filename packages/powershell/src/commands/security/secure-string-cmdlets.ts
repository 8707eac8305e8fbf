import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { bytesFrom } from '../../types/byte-array.ts';
import { SecureString } from '../../types/security/secure-string.ts';
import { argumentError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { decrypted, encrypted, hexOf, secretOfHex } from './encrypted-text.ts';

const wrongKey =
  'The specified key is not valid. Valid key length settings are either 128 bits, 192 bits, or 256 bits.';

/** The key of `-Key` or `-SecureKey`; `undefined` without either. */
function keyOf(call: CmdletCall): Uint8Array | undefined {
  const secure = call.get('SecureKey');
  if (secure instanceof SecureString) return Uint8Array.from(Buffer.from(secure.reveal(), 'utf16le'));
  return call.has('Key') ? bytesFrom(call.get('Key')) : undefined;
}

const isKey = (key: Uint8Array): boolean => [16, 24, 32].includes(key.length);

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
  start: (call) => ({
    process() {
      const [text = ''] = textsOf(call.get('String'));
      const secret = call.isOn('AsPlainText') ? text : read(call, text);
      if (secret === undefined) return;
      const secure = new SecureString(secret);
      secure.makeReadOnly();
      call.write(secure);
    },
  }),
};

const unreadable = 'ImportSecureString_InvalidArgument';

/** The secret in an encrypted text; writes an error and answers `undefined` where it cannot be read. */
function read(call: CmdletCall, text: string): string | undefined {
  const key = keyOf(call);
  if (key !== undefined && !isKey(key)) {
    call.writeError(argumentError(unreadable, wrongKey, 'Key'));
    return undefined;
  }
  try {
    const secret = key === undefined ? secretOfHex(text) : decrypted(text, key);
    if (secret !== undefined) return secret;
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    const { exception } = error;
    if (!exception.type.name.endsWith('CryptographicException')) {
      return call.fail(new ErrorRecord(exception, exception.type.name, 'NotSpecified', null));
    }
    call.writeError(new ErrorRecord(exception, `${unreadable}_CryptographicError`, 'InvalidArgument', null));
    return undefined;
  }
  const message = `The parameter value "${text}" is not a valid encrypted string.`;
  call.writeError(argumentError(unreadable, message, 'String'));
  return undefined;
}

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
  start: (call) => ({
    process() {
      const secure = call.get('SecureString');
      if (!(secure instanceof SecureString)) return;
      const secret = secure.reveal();
      if (secret === '') {
        const message =
          'Cannot process argument because the value of argument "SecureString" is not valid. Change the value of the "SecureString" argument and run the operation again.';
        call.fail(argumentError('Argument', message, 'SecureString'));
      }
      const key = keyOf(call);
      if (key !== undefined && !isKey(key)) call.fail(argumentError('Argument', wrongKey, 'Key'));
      if (call.isOn('AsPlainText')) call.write(secret);
      else if (key === undefined) call.write(hexOf(secret));
      else call.write(encrypted(secret, key, (count) => call.session.random.bytes(count)));
    },
  }),
};
