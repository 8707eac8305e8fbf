import type { ErrorRecord } from '../../../errors/error-record.ts';
import type { Session } from '../../../runtime/session.ts';
import { EnumValue } from '../../../values/enum.ts';
import type { Value } from '../../../values/value.ts';
import { getMember } from '../../members.ts';

const parts = ['Category', 'Activity', 'Reason', 'TargetName', 'TargetType'] as const;

/** What an error record is written as: notes of its parts. */
export function errorNotes(record: ErrorRecord, session: Session): readonly (readonly [string, Value])[] {
  const info = getMember(record, 'CategoryInfo', session);
  return [
    ['Exception', record.exception],
    ['TargetObject', record.target],
    ['FullyQualifiedErrorId', record.fullyQualifiedErrorId],
    ['InvocationInfo', null],
    ...parts.map((part) => [`ErrorCategory_${part}`, partOf(info, part, session)] as const),
    ['ErrorCategory_Message', session.text(info)],
  ];
}

function partOf(info: Value, part: (typeof parts)[number], session: Session): Value {
  const value = getMember(info, part, session);
  return value instanceof EnumValue ? Number(value.value) : value;
}
