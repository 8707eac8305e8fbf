import { enumByLabel } from '../../values/enum.ts';
import { as, bool, text } from '../../values/narrow.ts';
import {
  HostInformationMessage,
  InformationRecord,
  MessageRecord,
  ProgressRecord,
} from '../../values/stream-records.ts';
import type { Value } from '../../values/value.ts';
import { listOf } from '../collections/generic-list.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { Property, TypeDescription } from '../net-type.ts';
import { dateFromUnix } from '../time/date-time.ts';

const space = 'System.Management.Automation';
const message = (value: Value): MessageRecord => as(value, MessageRecord);
const information = (value: Value): InformationRecord => as(value, InformationRecord);
const host = (value: Value): HostInformationMessage => as(value, HostInformationMessage);
const progress = (value: Value): ProgressRecord => as(value, ProgressRecord);

function messageRecord(kind: 'Warning' | 'Verbose' | 'Debug'): TypeDescription {
  return {
    name: `${space}.${kind}Record`,
    kind: 'class',
    base: `${space}.InformationalRecord`,
    constructors: [
      { signature: 'new(string message)', invoke: (_self, [words]) => new MessageRecord(kind, text(words)) },
    ],
  };
}

function color(read: (value: Value) => string | undefined): Property {
  return {
    type: 'System.Nullable[System.ConsoleColor]',
    get: (value) => {
      const label = read(value);
      return label === undefined ? null : (enumByLabel(namedType('System.ConsoleColor'), label) ?? null);
    },
  };
}

/** What the streams beside output carry. */
export const streamRecordFamily: readonly TypeDescription[] = [
  {
    name: `${space}.InformationalRecord`,
    kind: 'class',
    isAbstract: true,
    properties: {
      Message: { type: 'string', get: (value) => message(value).message },
      InvocationInfo: { type: `${space}.InvocationInfo`, get: (value) => message(value).invocation ?? null },
      PipelineIterationInfo: {
        type: 'System.Collections.Generic.List[int]',
        get: () => listOf(netTypes.int32, []),
      },
    },
    toText: (value) => message(value).message,
  },
  messageRecord('Warning'),
  messageRecord('Verbose'),
  messageRecord('Debug'),
  {
    name: `${space}.InformationRecord`,
    kind: 'class',
    constructors: [
      {
        signature: 'new(System.Object messageData, string source)',
        invoke: (_self, [data, source], context) => new InformationRecord(data, text(source), [], context.clock.now()),
      },
    ],
    properties: {
      MessageData: { type: 'System.Object', get: (value) => information(value).messageData },
      Source: {
        type: 'string',
        get: (value) => information(value).source,
        set: (value, given) => {
          information(value).source = text(given);
        },
      },
      TimeGenerated: { type: 'datetime', get: (value) => dateFromUnix(information(value).time, 'local') },
      Tags: {
        type: 'System.Collections.Generic.List[string]',
        get: (value) => listOf(netTypes.string, information(value).tags),
      },
      User: { type: 'string', get: () => '' },
      Computer: { type: 'string', get: () => '' },
      ProcessId: { type: 'uint', get: (_value, context) => context.convert(0, netTypes.uint32) },
    },
    toText: (value, _format, context) => context.text(information(value).messageData),
  },
  {
    name: `${space}.HostInformationMessage`,
    kind: 'class',
    constructors: [{ signature: 'new()', invoke: () => new HostInformationMessage('') }],
    properties: {
      Message: {
        type: 'string',
        get: (value) => host(value).message,
        set: (value, given) => {
          host(value).message = text(given);
        },
      },
      NoNewLine: {
        type: 'System.Nullable[bool]',
        get: (value) => host(value).noNewLine,
        set: (value, given) => {
          host(value).noNewLine = bool(given);
        },
      },
      ForegroundColor: color((value) => host(value).foreground),
      BackgroundColor: color((value) => host(value).background),
    },
    toText: (value) => host(value).message,
  },
  {
    name: `${space}.ProgressRecord`,
    kind: 'class',
    constructors: [
      {
        signature: 'new(int activityId, string activity, string statusDescription)',
        invoke: (_self, [id, activity, status]) =>
          new ProgressRecord(typeof id === 'number' ? id : 0, text(activity), text(status)),
      },
    ],
    properties: {
      ActivityId: { type: 'int', get: (value) => progress(value).activityId },
      ParentActivityId: { type: 'int', get: (value) => progress(value).parentActivityId },
      Activity: { type: 'string', get: (value) => progress(value).activity },
      StatusDescription: { type: 'string', get: (value) => progress(value).status },
      CurrentOperation: { type: 'string', get: (value) => progress(value).currentOperation },
      PercentComplete: { type: 'int', get: (value) => progress(value).percentComplete },
      SecondsRemaining: { type: 'int', get: (value) => progress(value).secondsRemaining },
    },
  },
];
