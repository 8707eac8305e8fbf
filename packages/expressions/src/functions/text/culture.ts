import { problem } from '@joinery/problems';
import type { Evaluator } from '../../evaluation/context.ts';
import type { BoundCall } from '../bound-call.ts';
import type { CheckedCall } from '../checked-call.ts';

/**
 * The culture argument of ToLower and ToUpper; undefined for the invariant culture, which is the default.
 * @throws EXPRESSION_ARGUMENT_INVALID for a name that is no language tag
 */
export function bindCulture(call: BoundCall): Evaluator<string | undefined> {
  const culture = call.text('culture');
  return (scope) => readCulture(culture(scope));
}

export function checkCulture(call: CheckedCall): void {
  call.attempt('culture', () => readCulture(call.constant('culture') ?? null));
}

function readCulture(name: string | null): string | undefined {
  if (name === null || name === '') return undefined;
  try {
    return Intl.getCanonicalLocales(name)[0];
  } catch (cause) {
    // getCanonicalLocales throws for nothing but a malformed tag.
    throw problem('EXPRESSION_ARGUMENT_INVALID', `${JSON.stringify(name)} is no culture such as "en-US" or "tr-TR".`, {
      cause,
    });
  }
}
