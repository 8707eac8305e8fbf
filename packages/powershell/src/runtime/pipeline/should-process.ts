import { isTrue } from '../../conversion/truth.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetException } from '../../errors/net-exception.ts';
import { NetFailure } from '../../errors/raise.ts';
import { namedType } from '../../types/intrinsic.ts';
import { EnumValue } from '../../values/enum.ts';
import type { Value } from '../../values/value.ts';
import type { Scope } from '../scope.ts';

export type ConfirmImpact = 'None' | 'Low' | 'Medium' | 'High';

const impacts: readonly ConfirmImpact[] = ['None', 'Low', 'Medium', 'High'];

/** One question of `ShouldProcess`. */
export interface ProcessQuestion {
  /** What would be done, as a sentence. */
  readonly description: string;
  readonly impact: ConfirmImpact;
  /** `-WhatIf` and `-Confirm` of the call. */
  readonly whatIf: boolean | undefined;
  readonly confirm: boolean | undefined;
}

/** The sentence about one operation. */
export function operation(action: string, target: string): string {
  return `Performing the operation "${action}" on target "${target}".`;
}

/**
 * `ShouldProcess`: false under `-WhatIf`. Where a confirmation is due nobody can give it: throws `NetFailure`, as a host
 * without a user does.
 * @param writeVerbose told what is done, where it is
 */
export function shouldProcess(scope: Scope, question: ProcessQuestion, writeVerbose: (text: string) => void): boolean {
  if (question.whatIf ?? isTrue(scope.find('whatifpreference')?.value ?? false)) return false;
  if (asks(scope, question)) {
    throw cannotPrompt(`Are you sure you want to perform this action?\n${question.description}`);
  }
  writeVerbose(question.description);
  return true;
}

function asks(scope: Scope, { confirm, impact }: ProcessQuestion): boolean {
  if (confirm !== undefined) return confirm;
  const preference = impactOf(scope.find('confirmpreference')?.value);
  return preference !== 0 && impacts.indexOf(impact) >= preference;
}

function impactOf(value: Value): number {
  if (value instanceof EnumValue) return Number(value.value);
  if (typeof value === 'number') return value;
  const index = impacts.findIndex((one) => one.toLowerCase() === String(value).toLowerCase());
  return index === -1 ? 3 : index;
}

/** What a host without a user answers to every question. */
export function cannotPrompt(question: string): NetFailure {
  const exception = new NetException(
    namedType('System.Management.Automation.Host.HostException'),
    `A command that prompts the user failed because the host program or the command type does not support user interaction. The host was attempting to request confirmation with the following message: ${question}`,
  );
  exception.record = new ErrorRecord(exception, 'HostFunctionNotImplemented', 'NotImplemented');
  return new NetFailure(exception);
}
