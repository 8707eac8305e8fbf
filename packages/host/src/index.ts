export { type ConnectorCheck, checkHost, importOnce } from './check-host.ts';
export {
  type ConnectorFile,
  formatConnectorFile,
  type NewConnector,
  parseConnectorFile,
} from './configuration/connector-file.ts';
export { connectorNames, readConnectorFile, writeConnectorFile } from './configuration/connector-folder.ts';
export { checkConnectorName } from './configuration/connector-name.ts';
export type { DeprovisioningFile, DeprovisioningFlow } from './configuration/deprovisioning.ts';
export { FEATURES, type Feature } from './configuration/features.ts';
export { type Home, homeAt } from './configuration/home.ts';
export type { ImportGuard } from './configuration/import-guard.ts';
export type { NewObjectType, ObjectTypeFile, SelectedAttribute } from './configuration/object-type.ts';
export { RUN_PROFILES, type RunProfile, type RunProfileName, type RunProfiles } from './configuration/run-profiles.ts';
export { type SecretStore, setSecretToken } from './configuration/secrets.ts';
export { type HostSettings, hostSettings } from './configuration/settings.ts';
export { createConnectorFiles } from './create-connector-files.ts';
export { type HomeOptions, type Host, type HostOptions, openSecrets, startHost } from './host.ts';
export type { ConnectorStatus } from './hosted-connector.ts';
export type {
  ConnectorAnswer,
  HistoryAnswer,
  RunAnswer,
  StatusAnswer,
} from './manage/answers.ts';
export { ManageClient } from './manage/client.ts';
export { renewToken } from './renew-token.ts';
export type { RunReport } from './runs/run-report.ts';
export type { HistoryLine } from './space/reader/calls.ts';
export type { RunError, RunOutcome, RunRecord } from './space/run-record.ts';
export { ALIASES_PER_PAGE } from './space/space.ts';
export type { Alias } from './space/writer/calls.ts';
export { storeSecret } from './store-secret.ts';
