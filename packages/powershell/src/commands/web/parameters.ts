import type { CmdletParameter } from '../description.ts';

const given = { validate: { notNullOrEmpty: true } } as const;
const count = { validate: { range: [0, 2 ** 31 - 1] } } as const;
const standard = ['StandardMethod'];
const custom = [{ set: 'CustomMethod', mandatory: true }];

/** The parameters that both cmdlets have. */
export const webParameters: readonly CmdletParameter[] = [
  { name: 'UseBasicParsing', type: 'switch' },
  { name: 'Uri', type: 'uri', mandatory: true, position: 0, ...given },
  {
    name: 'HttpVersion',
    type: 'object',
    coverage: {
      state: 'approximated',
      why: 'accepted and without effect: requests are HTTP/1.1, which every server takes',
    },
  },
  { name: 'WebSession', type: 'Microsoft.PowerShell.Commands.WebRequestSession' },
  { name: 'SessionVariable', type: 'string', aliases: ['SV'] },
  { name: 'AllowUnencryptedAuthentication', type: 'switch' },
  { name: 'Authentication', type: 'Microsoft.PowerShell.Commands.WebAuthenticationType' },
  {
    name: 'Credential',
    type: 'pscredential',
    coverage: {
      state: 'approximated',
      why: 'without -Authentication it answers servers that ask for Basic only: Negotiate, NTLM and Digest are not spoken',
    },
  },
  { name: 'SslProtocol', type: 'Microsoft.PowerShell.Commands.WebSslProtocol' },
  { name: 'Token', type: 'securestring' },
  { name: 'UserAgent', type: 'string' },
  { name: 'DisableKeepAlive', type: 'switch' },
  { name: 'ConnectionTimeoutSeconds', type: 'int', aliases: ['TimeoutSec'], ...count },
  { name: 'OperationTimeoutSeconds', type: 'int', ...count },
  { name: 'Headers', type: 'System.Collections.IDictionary' },
  { name: 'SkipHeaderValidation', type: 'switch' },
  { name: 'AllowInsecureRedirect', type: 'switch' },
  { name: 'MaximumRedirection', type: 'int', ...count },
  { name: 'MaximumRetryCount', type: 'int', ...count },
  { name: 'PreserveAuthorizationOnRedirect', type: 'switch' },
  { name: 'RetryIntervalSec', type: 'int', validate: { range: [1, 2 ** 31 - 1] } },
  { name: 'Method', type: 'Microsoft.PowerShell.Commands.WebRequestMethod', sets: standard },
  { name: 'CustomMethod', type: 'string', aliases: ['CM'], sets: custom, ...given },
  { name: 'PreserveHttpMethodOnRedirect', type: 'switch' },
  { name: 'NoProxy', type: 'switch' },
  {
    name: 'Body',
    type: 'object',
    fromPipeline: true,
    allowNull: true,
    allowEmptyString: true,
    allowEmptyCollection: true,
  },
  { name: 'Form', type: 'System.Collections.IDictionary' },
  { name: 'ContentType', type: 'string' },
  {
    name: 'TransferEncoding',
    type: 'string',
    validate: { set: ['chunked', 'compress', 'deflate', 'gzip', 'identity'] },
    coverage: {
      state: 'approximated',
      why: 'accepted and without effect: bodies go out with their length, or in chunks where nobody knows it',
    },
  },
  { name: 'InFile', type: 'string', ...given },
  { name: 'OutFile', type: 'string', ...given },
  { name: 'PassThru', type: 'switch' },
  { name: 'Resume', type: 'switch' },
  { name: 'SkipHttpErrorCheck', type: 'switch' },
];

const noProxy = 'connections go to the granted hosts directly: there is no proxy between';
const noCertificate = 'scripts hold no private keys: put a token or a credential in the place of the certificate';

/** What is refused, and why: for the check. */
export const webLeftOut: Readonly<Record<string, string>> = {
  SkipCertificateCheck:
    'certificates are always verified: give the engine the authority that the server has its own from',
  Certificate: noCertificate,
  CertificateThumbprint: noCertificate,
  Proxy: noProxy,
  ProxyCredential: noProxy,
  ProxyUseDefaultCredentials: noProxy,
  UnixSocket: 'only granted hosts are reached, by their names and ports',
  UseDefaultCredentials: 'scripts run for nobody who is signed in: use -Credential',
};
