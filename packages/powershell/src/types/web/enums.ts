import { enumeration } from '../enumeration.ts';
import type { TypeDescription } from '../net-type.ts';

const commands = 'Microsoft.PowerShell.Commands';

export const webEnums: readonly TypeDescription[] = [
  enumeration(`${commands}.WebRequestMethod`, [
    'Default',
    'Get',
    'Head',
    'Post',
    'Put',
    'Delete',
    'Trace',
    'Options',
    'Merge',
    'Patch',
  ]),
  enumeration(`${commands}.WebAuthenticationType`, ['None', 'Basic', 'Bearer', 'OAuth']),
  // The older ones mean 1.2.
  enumeration(
    `${commands}.WebSslProtocol`,
    { Default: 0, Tls12: 3072, Tls: 3072, Tls11: 3072, Tls13: 12_288 },
    { flags: true },
  ),
  enumeration('System.Net.Http.HttpRequestError', [
    'Unknown',
    'NameResolutionError',
    'ConnectionError',
    'SecureConnectionError',
    'HttpProtocolError',
    'ExtendedConnectNotSupported',
    'VersionNegotiationError',
    'UserAuthenticationError',
    'ProxyTunnelError',
    'InvalidResponse',
    'ResponseEnded',
    'ConfigurationLimitExceeded',
  ]),
  enumeration('System.Net.Sockets.SocketError', {
    SocketError: -1,
    Success: 0,
    OperationAborted: 995,
    AccessDenied: 10_013,
    NetworkUnreachable: 10_051,
    ConnectionAborted: 10_053,
    ConnectionReset: 10_054,
    TimedOut: 10_060,
    ConnectionRefused: 10_061,
    HostDown: 10_064,
    HostUnreachable: 10_065,
    HostNotFound: 11_001,
    TryAgain: 11_002,
    NoRecovery: 11_003,
    NoData: 11_004,
  }),
];
