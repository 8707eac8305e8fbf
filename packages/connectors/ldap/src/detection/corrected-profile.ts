import type { LdapSettings } from '../configuration/settings.ts';
import type { DeltaStrategy, ServerProfile } from './profile.ts';
import { kindDefinition } from './recognise.ts';
import { strategyWarnings } from './warnings.ts';

/** The settings that correct what is known of a server. */
export type Corrections = Pick<
  LdapSettings,
  'controlsOn' | 'controlsOff' | 'changeLogDn' | 'deltaStrategy' | 'passwordAttribute'
>;

/** The profile as the administrator corrects it (LDAP sheet 2.3 (d)): what is configured wins over what was found. */
export function profileWith(profile: ServerProfile, settings: Corrections): ServerProfile {
  const controls = new Set([...profile.controls, ...settings.controlsOn]);
  for (const oid of settings.controlsOff) controls.delete(oid);
  const deltaStrategy = chosenStrategy(profile, settings);
  const corrected: ServerProfile = {
    ...profile,
    controls,
    deltaStrategies:
      deltaStrategy === undefined || profile.deltaStrategies.includes(deltaStrategy)
        ? profile.deltaStrategies
        : [...profile.deltaStrategies, deltaStrategy],
    deltaStrategy,
    changeLogDn: settings.changeLogDn === '' ? profile.changeLogDn : settings.changeLogDn,
    passwordAttribute: settings.passwordAttribute === '' ? profile.passwordAttribute : settings.passwordAttribute,
  };
  const outdated = new Set(strategyWarnings(profile));
  const warnings = profile.warnings.filter((warning) => !outdated.has(warning));
  // Who wants full imports only need not be told that they are all there is.
  const told = settings.deltaStrategy === 'none' ? [] : strategyWarnings(corrected);
  return { ...corrected, warnings: [...warnings, ...told] };
}

function chosenStrategy({ kind, deltaStrategy }: ServerProfile, settings: Corrections): DeltaStrategy | undefined {
  if (settings.deltaStrategy === 'none') return undefined;
  if (settings.deltaStrategy !== 'default') return settings.deltaStrategy;
  // Who names a log that the root DSE keeps quiet about wants it to be used.
  const { delta } = kindDefinition(kind);
  return settings.changeLogDn !== '' && delta.default === 'announced' ? delta.strategies[0] : deltaStrategy;
}
