import { defaultJobSettings, type JobSettings } from '@joinery/engine';
import { type Credentials, readSwitch } from '../../credentials/parse.ts';

/** True when an application knows how to reach its target, so that its jobs count as configured (engine sheet 2). */
export function isConfigured(credentials: Credentials): boolean {
  return credentials.has('BaseAddress') && credentials.has('SecretToken');
}

/** A job's settings with what administrators store among the secrets (graph sheet 17). */
export function settingsFrom(credentials: Credentials, current: JobSettings = defaultJobSettings): JobSettings {
  return {
    ...current,
    syncAll: readSwitch(credentials.get('SyncAll')) ?? defaultJobSettings.syncAll,
    skipOutOfScopeDeletions:
      readSwitch(credentials.get('SkipOutOfScopeDeletions')) ?? defaultJobSettings.skipOutOfScopeDeletions,
  };
}
