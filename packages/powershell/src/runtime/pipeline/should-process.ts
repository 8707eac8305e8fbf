import { isTrue } from '../../conversion/truth.ts';
import { netFailure } from '../../errors/raise.ts';
import { EnumValue } from '../../values/enum.ts';
import type { Value } from '../../values/value.ts';
import type { Scope } from '../scope.ts';

export type ConfirmImpact = 'None' | 'Low' | 'Medium' | 'High';

const impacts: readonly ConfirmImpact[] = ['None', 'Low', 'Medium', 'High'];

/**
 * `ShouldProcess`: false under `-WhatIf`. Where a confirmation is due nobody can give it: throws `NetFailure`, as a host
 * without a user does.
 */
export function shouldProcess(
  scope: Scope,
  { whatIf, confirm }: { readonly whatIf: boolean | undefined; readonly confirm: boolean | undefined },
  impact: ConfirmImpact,
): boolean {
  const what = whatIf ?? isTrue(scope.find('whatifpreference')?.value ?? false);
  if (what) return false;
  if (confirm === false) return true;
  if (confirm !== true) {
    const preference = impactOf(scope.find('confirmpreference')?.value);
    if (preference === 0 || impacts.indexOf(impact) < preference) return true;
  }
  throw cannotPrompt();
}

function impactOf(value: Value): number {
  if (value instanceof EnumValue) return Number(value.value);
  if (typeof value === 'number') return value;
  const index = impacts.findIndex((one) => one.toLowerCase() === String(value).toLowerCase());
  return index === -1 ? 3 : index;
}

/** What a host without a user answers to every question. */
export function cannotPrompt(): Error {
  return netFailure(
    'System.Management.Automation.Host.HostException',
    'A command that prompts the user failed because the host program or the command type does not support user interaction. The host was attempting to request confirmation with the following message: Are you sure you want to perform this action?',
  );
}
