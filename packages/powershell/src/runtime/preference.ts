import { EnumValue } from '../values/enum.ts';
import type { Scope } from './scope.ts';

/** `System.Management.Automation.ActionPreference`; the order is that of its numbers. */
export const actionPreferences = [
  'SilentlyContinue',
  'Stop',
  'Continue',
  'Inquire',
  'Ignore',
  'Suspend',
  'Break',
] as const;

export type ActionPreference = (typeof actionPreferences)[number];

/** The value of a preference variable as seen from a scope; `Continue` where it holds nothing of the kind. */
export function preferenceOf(scope: Scope, foldedName: string): ActionPreference {
  return toActionPreference(scope.find(foldedName)?.value) ?? 'Continue';
}

/** What a value means as a preference: the enum, its number, its name in any case. */
export function toActionPreference(value: unknown): ActionPreference | undefined {
  if (value instanceof EnumValue) return actionPreferences[Number(value.value)];
  if (typeof value === 'number') return actionPreferences[value];
  if (typeof value !== 'string') return undefined;
  const folded = value.toLowerCase();
  return (
    actionPreferences.find((name) => name.toLowerCase() === folded) ?? actionPreferences[Number(folded || Number.NaN)]
  );
}

/** The preference for errors: `$ErrorActionPreference`. */
export function errorAction(scope: Scope): ActionPreference {
  return preferenceOf(scope, 'erroractionpreference');
}
