/** The key names that Graph accepts for secrets and settings of an application (graph sheet 17). */
const graphNames = [
  'UserName',
  'Password',
  'SecretToken',
  'AppKey',
  'BaseAddress',
  'ClientIdentifier',
  'ClientSecret',
  'SingleSignOnType',
  'Sandbox',
  'Url',
  'Domain',
  'ConsumerKey',
  'ConsumerSecret',
  'TokenKey',
  'TokenExpiration',
  'Oauth2AccessToken',
  'Oauth2AccessTokenCreationTime',
  'Oauth2RefreshToken',
  'SyncAll',
  'InstanceName',
  'Oauth2ClientId',
  'Oauth2ClientSecret',
  'CompanyId',
  'UpdateKeyOnSoftDelete',
  'SynchronizationSchedule',
  'SystemOfRecord',
  'SandboxName',
  'EnforceDomain',
  'SyncNotificationSettings',
  'SkipOutOfScopeDeletions',
  'Oauth2AuthorizationCode',
  'Oauth2RedirectUri',
  'ApplicationTemplateIdentifier',
  'Oauth2TokenExchangeUri',
  'Oauth2AuthorizationUri',
  'AuthenticationType',
  'Server',
  'PerformInboundEntitlementGrants',
  'HardDeletesEnabled',
  'SyncAgentCompatibilityKey',
  'SyncAgentADContainer',
  'ValidateDomain',
  'TestReferences',
  'ConnectionString',
] as const;

/** Ours: the PEM file, on this machine, of the certificate or CA that the target is trusted by. Graph has no word for it. */
export const trustedCertificateFile = 'TrustedCertificateFile';

export const credentialNames: readonly string[] = [...graphNames, trustedCertificateFile];

/** Values that never come back in an answer. */
const secretNames: ReadonlySet<string> = new Set([
  'Password',
  'SecretToken',
  'AppKey',
  'ClientSecret',
  'ConsumerKey',
  'ConsumerSecret',
  'TokenKey',
  'Oauth2AccessToken',
  'Oauth2RefreshToken',
  'Oauth2ClientSecret',
  'Oauth2AuthorizationCode',
  'SyncAgentCompatibilityKey',
  'ConnectionString',
]);

/** What stands in an answer for a secret; a PUT with exactly this text keeps the stored value (graph sheet 17). */
export const secretMask = '*****';

export function isSecretCredential(name: string): boolean {
  return secretNames.has(name);
}
