export { type Clock, ManualClock, systemClock } from './clock.ts';
export { pause, withDeadline } from './deadline.ts';
export { armFailPoint, checkArmedFailPoint, defineFailPoints, failPointNames } from './fail-point.ts';
export {
  type FileContent,
  removeLeftovers,
  syncFolder,
  type WriteFileOptions,
  writeFileDurably,
} from './file/durable.ts';
export { type FolderLock, lockFolder } from './file/folder-lock.ts';
export { systemErrorCode, writeFault } from './file/system-error.ts';
export { boundHeapGrowth, boundNursery, collectGarbage } from './heap.ts';
export { createHttpApp } from './http/app.ts';
export { type CreateFetchOptions, createFetch, type OutboundFetch } from './http/fetch.ts';
export type { Fetch, FetchInit, FetchResponse } from './http/fetch-shape.ts';
export {
  createHttpClient,
  type HttpAnswer,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
} from './http/http-client.ts';
export { defaultLimits, type ListenerLimits } from './http/limits.ts';
export { type HttpApp, type Listener, type ListenOptions, listenTls } from './http/listener.ts';
export type { ErrorForm } from './http/refusal.ts';
export type { RequestEnded } from './http/traffic.ts';
export { createLogger, type LoggerOptions, type LogLevel, logLevels } from './log/json-logger.ts';
export { isSecretName, Redactor, redacted } from './log/redactor.ts';
export { type LogFields, type Logger, silentLogger } from './logger.ts';
export { Distribution } from './metrics/distribution.ts';
export { type DistributionSample, Metrics, type Sample } from './metrics/metrics.ts';
export { observeProcess } from './metrics/process-metrics.ts';
export { packageAsset, siblingModule } from './module-file.ts';
export { editDistance, nearest, suggestion } from './nearest.ts';
export { type Random, seededRandom, systemRandom } from './random.ts';
export {
  type DurationUnit,
  defineSettings,
  environmentName,
  environmentPrefix,
  isSettingsTable,
  optionName,
  type SettingDefinition,
  type Settings,
  type SettingsTable,
  type SettingType,
  type SettingValue,
} from './settings/definition.ts';
export {
  type SettingOption,
  settingOptions,
  settingsHelp,
  settingsJsonSchema,
  settingsMarkdown,
} from './settings/describe.ts';
export { listenerCertificate, listenerSettings } from './settings/listener.ts';
export { loadSettings, type SettingsSources } from './settings/load.ts';
export {
  type CertificateInformation,
  checkCertificateName,
  checkValidity,
  daysLeft,
  loadServerCertificate,
  readCertificate,
  type ServerCertificate,
} from './tls/certificate.ts';
export { createSelfSigned, ensureServerCertificate, ownNames, type SelfSignedOptions } from './tls/self-signed.ts';
export { type TlsTrust, tlsTrust } from './tls/trust.ts';
export { bearerToken, TokenCheck } from './token/check.ts';
export { createToken, hashToken, longestToken, shortestToken, verifyToken } from './token/hash.ts';
export { loadVaultKey, VaultKey, type VaultKeySources } from './vault/key.ts';
export { decryptRecord, encryptRecord, type SecretName, type VaultRecord } from './vault/record.ts';
export { openVault, type Vault, type VaultOptions } from './vault/vault.ts';
