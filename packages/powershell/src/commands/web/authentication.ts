import { PSCredential } from '../../types/security/ps-credential.ts';
import { SecureString } from '../../types/security/secure-string.ts';
import { EnumValue, enumLabel } from '../../values/enum.ts';
import type { CmdletCall } from '../description.ts';

/** `None`, `Basic`, `Bearer` or `OAuth`. */
export function authenticationOf(call: CmdletCall): string {
  const value = call.get('Authentication');
  return value instanceof EnumValue ? enumLabel(value) : 'None';
}

/** The `Authorization` that `-Authentication` asks for (RFC 7617, RFC 6750); `undefined` where it asks for none. */
export function authorizationOf(call: CmdletCall): string | undefined {
  const credential = call.get('Credential');
  const token = call.get('Token');
  switch (authenticationOf(call)) {
    case 'Basic':
      return credential instanceof PSCredential
        ? basicAuthorization(credential.userName ?? '', credential.password?.reveal() ?? '')
        : undefined;
    case 'Bearer':
    case 'OAuth':
      return token instanceof SecureString ? `Bearer ${token.reveal()}` : undefined;
    default:
      return undefined;
  }
}

export function basicAuthorization(userName: string, password: string): string {
  return `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
}
