import { cdate } from './dates/cdate.ts';
import { dateAdd } from './dates/date-add.ts';
import { dateDiff } from './dates/date-diff.ts';
import { dateFromNum } from './dates/date-from-num.ts';
import { formatDateTime } from './dates/format-date-time.ts';
import { now } from './dates/now.ts';
import { numFromDate } from './dates/num-from-date.ts';
import type { FunctionDefinition } from './definition.ts';
import { appRoleAssignments } from './directory/app-role-assignments.ts';
import { appRoleAssignmentsComplex } from './directory/app-role-assignments-complex.ts';
import { assertiveAppRoleAssignmentsComplex } from './directory/assertive-app-role-assignments-complex.ts';
import { defaultDomain } from './directory/default-domain.ts';
import { selectUniqueValue } from './directory/select-unique-value.ts';
import { singleAppRoleAssignment } from './directory/single-app-role-assignment.ts';
import { guid } from './generated/guid.ts';
import { randomString } from './generated/random-string.ts';
import { count } from './lists/count.ts';
import { item } from './lists/item.ts';
import { removeDuplicates } from './lists/remove-duplicates.ts';
import { split } from './lists/split.ts';
import { bitAnd } from './logic/bit-and.ts';
import { cbool } from './logic/cbool.ts';
import { coalesce } from './logic/coalesce.ts';
import { ignoreFlowIfNullOrEmpty } from './logic/ignore-flow-if-null-or-empty.ts';
import { iif } from './logic/iif.ts';
import { isNothing } from './logic/is-nothing.ts';
import { isNull } from './logic/is-null.ts';
import { isNullOrEmpty } from './logic/is-null-or-empty.ts';
import { isPresent } from './logic/is-present.ts';
import { isString } from './logic/is-string.ts';
import { not } from './logic/not.ts';
import { redact } from './logic/redact.ts';
import { switchFunction } from './logic/switch.ts';
import { append } from './text/append.ts';
import { convertFromBase64 } from './text/convert-from-base64.ts';
import { convertToBase64 } from './text/convert-to-base64.ts';
import { convertToUtf8Hex } from './text/convert-to-utf8-hex.ts';
import { cstr } from './text/cstr.ts';
import { inStr } from './text/in-str.ts';
import { join } from './text/join.ts';
import { left } from './text/left.ts';
import { mid } from './text/mid.ts';
import { normalizeDiacritics } from './text/normalize-diacritics.ts';
import { pcase } from './text/pcase.ts';
import { prepend } from './text/prepend.ts';
import { replace } from './text/replace.ts';
import { right } from './text/right.ts';
import { stripSpaces } from './text/strip-spaces.ts';
import { toLower } from './text/to-lower.ts';
import { toUpper } from './text/to-upper.ts';
import { trim } from './text/trim.ts';
import { word } from './text/word.ts';

/** Every function of the language, by name. A new one is added here and nowhere else. */
export const functions: ReadonlyMap<string, FunctionDefinition> = new Map(
  [
    appRoleAssignments,
    appRoleAssignmentsComplex,
    append,
    assertiveAppRoleAssignmentsComplex,
    bitAnd,
    cbool,
    cdate,
    cstr,
    coalesce,
    convertFromBase64,
    convertToBase64,
    convertToUtf8Hex,
    count,
    dateAdd,
    dateDiff,
    dateFromNum,
    defaultDomain,
    formatDateTime,
    guid,
    iif,
    ignoreFlowIfNullOrEmpty,
    inStr,
    isNothing,
    isNull,
    isNullOrEmpty,
    isPresent,
    isString,
    item,
    join,
    left,
    mid,
    normalizeDiacritics,
    not,
    now,
    numFromDate,
    pcase,
    prepend,
    randomString,
    redact,
    removeDuplicates,
    replace,
    right,
    selectUniqueValue,
    singleAppRoleAssignment,
    split,
    stripSpaces,
    switchFunction,
    toLower,
    toUpper,
    trim,
    word,
  ].map((definition) => [definition.name, definition]),
);
