import { enumeration } from '../../types/enumeration.ts';
import type { TypeDescription } from '../../types/net-type.ts';

/** Names of the enums that parameters of these cmdlets take. */
export const escapeHandling = 'Newtonsoft.Json.StringEscapeHandling';
export const jsonDateKind = 'Microsoft.PowerShell.Commands.JsonDateKind';
export const quoteKind = 'Microsoft.PowerShell.Commands.BaseCsvWritingCommand+QuoteKind';

export const dataEnums: readonly TypeDescription[] = [
  enumeration(escapeHandling, ['Default', 'EscapeNonAscii', 'EscapeHtml']),
  enumeration(jsonDateKind, ['Default', 'Local', 'Utc', 'Offset', 'String']),
  enumeration(quoteKind, ['Never', 'Always', 'AsNeeded']),
];
