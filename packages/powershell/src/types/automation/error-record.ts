import { baseOf, typeOf } from '../../conversion/base.ts';
import { errorCategories } from '../../errors/category.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetException } from '../../errors/net-exception.ts';
import { netFailure } from '../../errors/raise.ts';
import { EnumValue } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { listOf } from '../collections/generic-list.ts';
import { readOnlyCollection } from '../collections/read-only-collection.ts';
import { enumOf } from '../enumeration.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { CallContext, NetType, Property, TypeDescription } from '../net-type.ts';
import { shortName } from '../type-display.ts';

const space = 'System.Management.Automation';

/** `CategoryInfo` of a record. */
class CategoryInfo extends Instance {
  readonly record: ErrorRecord;
  constructor(record: ErrorRecord) {
    super();
    this.record = record;
  }
  get type(): NetType {
    return namedType(`${space}.ErrorCategoryInfo`);
  }
}

/** `ErrorDetails`: a message that is shown instead of the exception's. */
class ErrorDetails extends Instance {
  readonly details: { message: string; recommendedAction: string };
  constructor(details: { message: string; recommendedAction: string }) {
    super();
    this.details = details;
  }
  get type(): NetType {
    return namedType(`${space}.ErrorDetails`);
  }
}

const record = (value: Value): ErrorRecord => as(value, ErrorRecord);
const category = (value: Value): ErrorRecord => as(value, CategoryInfo).record;
const details = (value: Value): ErrorDetails['details'] => as(value, ErrorDetails).details;

const categoryInfos = new WeakMap<ErrorRecord, CategoryInfo>();

function categoryInfoOf(of: ErrorRecord): CategoryInfo {
  let info = categoryInfos.get(of);
  if (info === undefined) {
    info = new CategoryInfo(of);
    categoryInfos.set(of, info);
  }
  return info;
}

function categoryOf(value: Value): (typeof errorCategories)[number] {
  const number = value instanceof EnumValue ? Number(value.value) : 0;
  return errorCategories[number] ?? 'NotSpecified';
}

function targetName({ target, targetName: given }: ErrorRecord, context: CallContext): string {
  return given ?? (target === null || target === undefined ? '' : context.text(target));
}

function targetType({ target, targetTypeName }: ErrorRecord): string {
  const base = baseOf(target);
  return targetTypeName ?? (base === null || base === undefined ? '' : shortName(typeOf(base)));
}

function reason({ exception, reason: given }: ErrorRecord): string {
  return given ?? shortName(exception.type);
}

function activity({ activity: given, invocation }: ErrorRecord): string {
  if (given !== undefined) return given;
  const command = invocation?.command;
  return typeof command === 'object' && command !== null && 'name' in command && typeof command.name === 'string'
    ? command.name
    : '';
}

/** What a record is shown as in one line: `ObjectNotFound: (x:String) [Get-Item], ItemNotFoundException`. */
function categoryText(of: ErrorRecord, context: CallContext): string {
  const target = `${targetName(of, context)}:${targetType(of)}`;
  return `${of.category}: (${target}) [${activity(of)}], ${reason(of)}`;
}

function madeBy(exception: Value, id: Value, kind: Value, target: Value): ErrorRecord {
  if (!(exception instanceof NetException)) {
    throw netFailure(
      `${space}.PSArgumentNullException`,
      'Cannot process argument because the value of argument "exception" is null. Change the value of argument "exception" to a non-null value.',
    );
  }
  return new ErrorRecord(exception, text(id), categoryOf(kind), target);
}

function overridable(
  get: (of: ErrorRecord, context: CallContext) => string,
  key: 'activity' | 'reason' | 'targetName' | 'targetTypeName',
): Property {
  return {
    type: 'string',
    get: (self, context) => get(category(self), context),
    set: (self, value) => {
      category(self)[key] = text(value);
    },
  };
}

export const errorRecordFamily: readonly TypeDescription[] = [
  {
    name: `${space}.ErrorRecord`,
    kind: 'class',
    constructors: [
      {
        signature: `new(System.Exception exception, string errorId, ${space}.ErrorCategory errorCategory, System.Object targetObject)`,
        invoke: (_self, [exception, id, kind, target]) => madeBy(exception, id, kind, target),
      },
      {
        signature: `new(${space}.ErrorRecord errorRecord, System.Exception replaceParentContainsErrorRecordException)`,
        invoke: (_self, [old, exception]) =>
          exception instanceof NetException ? record(old).withException(exception) : record(old),
      },
    ],
    properties: {
      Exception: { type: 'System.Exception', get: (self) => record(self).exception },
      TargetObject: { type: 'System.Object', get: (self) => record(self).target },
      CategoryInfo: { type: `${space}.ErrorCategoryInfo`, get: (self) => categoryInfoOf(record(self)) },
      FullyQualifiedErrorId: { type: 'string', get: (self) => record(self).fullyQualifiedErrorId },
      ErrorDetails: {
        type: `${space}.ErrorDetails`,
        get: (self) => {
          const given = record(self).details;
          return given === undefined ? null : new ErrorDetails(given);
        },
        set: (self, value) => {
          record(self).details = value === null ? undefined : details(value);
        },
      },
      InvocationInfo: { type: `${space}.InvocationInfo`, get: (self) => record(self).invocation ?? null },
      ScriptStackTrace: { type: 'string', get: (self) => record(self).scriptStackTrace ?? null },
      PipelineIterationInfo: {
        type: 'System.Collections.ObjectModel.ReadOnlyCollection[int]',
        get: () => readOnlyCollection(listOf(netTypes.int32, [])),
      },
      PSMessageDetails: { type: 'System.Object', addedAs: 'ScriptProperty', get: () => null },
    },
    toText: (self) => {
      const given = record(self).details?.message;
      return given === undefined || given === '' ? record(self).exception.message : given;
    },
  },
  {
    name: `${space}.ErrorCategoryInfo`,
    kind: 'class',
    properties: {
      Category: {
        type: `${space}.ErrorCategory`,
        get: (self) => enumOf(`${space}.ErrorCategory`, errorCategories.indexOf(category(self).category)),
      },
      Activity: overridable(activity, 'activity'),
      Reason: overridable(reason, 'reason'),
      TargetName: overridable(targetName, 'targetName'),
      TargetType: overridable(targetType, 'targetTypeName'),
    },
    methods: {
      GetMessage: [
        { signature: 'string GetMessage()', invoke: (self, _none, context) => categoryText(category(self), context) },
        {
          signature: 'string GetMessage(cultureinfo uiCultureInfo)',
          invoke: (self, _none, context) => categoryText(category(self), context),
        },
      ],
    },
    toText: (self, _format, context) => categoryText(category(self), context),
  },
  {
    name: `${space}.ErrorDetails`,
    kind: 'class',
    constructors: [
      {
        signature: 'new(string message)',
        invoke: (_self, [message]) => new ErrorDetails({ message: text(message), recommendedAction: '' }),
      },
    ],
    properties: {
      Message: { type: 'string', get: (self) => details(self).message },
      RecommendedAction: {
        type: 'string',
        get: (self) => details(self).recommendedAction,
        set: (self, value) => {
          details(self).recommendedAction = text(value);
        },
      },
    },
    toText: (self) => details(self).message,
  },
];
