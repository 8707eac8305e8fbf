import type { Value } from '../../values/value.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import type { CallContext, Property, TypeDescription } from '../net-type.ts';

/*
 * Scripts of the time before .NET Core choose protocols here. PowerShell 7 keeps what they set and does nothing with it:
 * the engine's requests have TLS versions of their own.
 */

const kept = new WeakMap<CallContext, Map<string, Value>>();

/** A setting that its session keeps. */
function setting(name: string, type: string, initial: () => Value): Record<string, Property> {
  return {
    [name]: {
      type,
      get: (_self, context) => kept.get(context)?.get(name) ?? initial(),
      set: (_self, value, context) => {
        const settings = kept.get(context) ?? new Map<string, Value>();
        kept.set(context, settings.set(name, value));
      },
    },
  };
}

export const servicePointDescriptions: readonly TypeDescription[] = [
  enumeration(
    'System.Net.SecurityProtocolType',
    { SystemDefault: 0, Ssl3: 48, Tls: 192, Tls11: 768, Tls12: 3072, Tls13: 12_288 },
    { flags: true },
  ),
  {
    name: 'System.Net.ServicePointManager',
    kind: 'class',
    staticProperties: {
      ...setting('SecurityProtocol', 'System.Net.SecurityProtocolType', () =>
        enumOf('System.Net.SecurityProtocolType', 0),
      ),
      ...setting('DefaultConnectionLimit', 'int', () => 2),
      ...setting('Expect100Continue', 'bool', () => true),
      ...setting('UseNagleAlgorithm', 'bool', () => true),
      ...setting('CheckCertificateRevocationList', 'bool', () => false),
    },
  },
];
