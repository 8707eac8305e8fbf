import { NetException } from '../../errors/net-exception.ts';
import { NetFailure } from '../../errors/raise.ts';
import { namedType } from '../../types/intrinsic.ts';

/** Why a value is not valid, as a `ValidationMetadataException`; `id` is the attribute's own id of the reason. */
export function invalid(id: string, message: string): NetFailure {
  return new NetFailure(
    new NetException(namedType('System.Management.Automation.ValidationMetadataException'), message, {
      details: { ErrorId: id },
    }),
  );
}

/** `{0}` and `{1}` of a message that a script gave. */
export function fill(message: string, ...parts: readonly string[]): string {
  return message.replace(/\{(\d+)\}/g, (whole, index: string) => parts[Number(index)] ?? whole);
}
