import { actionPreferences } from '../../runtime/preference.ts';
import { enumeration } from '../enumeration.ts';
import type { TypeDescription } from '../net-type.ts';

const space = 'System.Management.Automation';

/** Enums of preferences and calls. */
export const callEnums: readonly TypeDescription[] = [
  enumeration(`${space}.ActionPreference`, actionPreferences),
  enumeration(`${space}.ConfirmImpact`, ['None', 'Low', 'Medium', 'High']),
  enumeration(`${space}.CommandOrigin`, ['Runspace', 'Internal']),
  enumeration(`${space}.ValidateRangeKind`, ['Positive', 'NonNegative', 'Negative', 'NonPositive']),
];
