import { netFailure } from '../../errors/raise.ts';
import { enumeration } from '../enumeration.ts';
import type { Overload, TypeDescription } from '../net-type.ts';

const space = 'System.Security.Cryptography';

function refused(method: string, source: string): readonly Overload[] {
  return [
    {
      signature: `static byte[] ${method}(byte[] ${source}, byte[] optionalEntropy, ${space}.DataProtectionScope scope)`,
      invoke: () => {
        throw netFailure('System.PlatformNotSupportedException', 'Operation is not supported on this platform.');
      },
    },
  ];
}

/** `ProtectedData`: secrets kept by Windows for a user. Refused, as .NET does everywhere else. */
export const protectedDataDescriptions: readonly TypeDescription[] = [
  enumeration(`${space}.DataProtectionScope`, ['CurrentUser', 'LocalMachine']),
  {
    name: `${space}.ProtectedData`,
    kind: 'class',
    isAbstract: true,
    staticMethods: { Protect: refused('Protect', 'userData'), Unprotect: refused('Unprotect', 'encryptedData') },
  },
];
