import { netFailure } from '../../errors/raise.ts';
import { sessionOf } from '../../runtime/session-of.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { CallContext, Property } from '../net-type.ts';
import { CultureInfo, invariantCulture } from './culture.ts';
import { currentCulture, currentUiCulture, setCurrentCulture, setCurrentUiCulture } from './current-culture.ts';

/** `CurrentCulture` of `CultureInfo` and of the thread. */
export const currentCultureProperty: Property = {
  type: 'System.Globalization.CultureInfo',
  get: () => currentCulture() ?? invariantCulture,
  set: (_self, value, context) => {
    const culture = given(value);
    setCurrentCulture(culture);
    show('psculture', culture, context);
  },
};

/** `CurrentUICulture` of `CultureInfo` and of the thread. */
export const currentUiCultureProperty: Property = {
  type: 'System.Globalization.CultureInfo',
  get: () => currentUiCulture() ?? invariantCulture,
  set: (_self, value, context) => {
    const culture = given(value);
    setCurrentUiCulture(culture);
    show('psuiculture', culture, context);
  },
};

/** Throws `NetFailure` (ArgumentNullException). */
function given(value: Value): CultureInfo {
  if (value !== null && value !== undefined) return as(value, CultureInfo);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'value' });
}

/** `$PSCulture` and `$PSUICulture` follow. */
function show(name: string, culture: CultureInfo, context: CallContext): void {
  const variable = sessionOf(context).allScope.get(name);
  if (variable !== undefined) variable.value = culture.name;
}
