import { listOf } from '../../types/collections/list.ts';
import { enumeration } from '../../types/enumeration.ts';
import { namedType, netTypes } from '../../types/intrinsic.ts';
import type { Property, TypeDescription } from '../../types/net-type.ts';
import { dateFromUnix } from '../../types/time/date-time.ts';
import { enumByLabel } from '../../values/enum.ts';
import { as } from '../../values/narrow.ts';
import {
  HostInformationMessage,
  InformationRecord,
  MessageRecord,
  ProgressRecord,
} from '../../values/stream-records.ts';
import type { Value } from '../../values/value.ts';

const space = 'System.Management.Automation';

const informational: TypeDescription = {
  name: `${space}.InformationalRecord`,
  kind: 'class',
  isAbstract: true,
  properties: {
    Message: { type: 'string', get: (self) => as(self, MessageRecord).message },
    InvocationInfo: { type: `${space}.InvocationInfo`, get: (self) => as(self, MessageRecord).invocation ?? null },
  },
  toText: (self) => as(self, MessageRecord).message,
};

function message(kind: 'Warning' | 'Verbose' | 'Debug'): TypeDescription {
  return {
    name: `${space}.${kind}Record`,
    kind: 'class',
    base: informational.name,
    constructors: [
      {
        signature: `new(string message)`,
        invoke: (_self, [text]) => new MessageRecord(kind, typeof text === 'string' ? text : ''),
      },
    ],
    toText: (self) => as(self, MessageRecord).message,
  };
}

const information: TypeDescription = {
  name: `${space}.InformationRecord`,
  kind: 'class',
  constructors: [
    {
      signature: 'new(System.Object messageData, string source)',
      invoke: (_self, [data, source], context) =>
        new InformationRecord(data ?? null, context.text(source), [], context.clock.now()),
    },
  ],
  properties: {
    MessageData: {
      type: 'System.Object',
      get: (self) => as(self, InformationRecord).messageData,
      set: (self, value) => {
        as(self, InformationRecord).messageData = value;
      },
    },
    Source: { type: 'string', get: (self) => as(self, InformationRecord).source },
    TimeGenerated: { type: 'datetime', get: (self) => dateFromUnix(as(self, InformationRecord).time, 'local') },
    Tags: {
      type: 'System.Collections.Generic.List[string]',
      get: (self) => listOf(netTypes.string, as(self, InformationRecord).tags),
    },
  },
  toText: (self, _format, context) => context.text(as(self, InformationRecord).messageData),
};

function colour(read: (message: HostInformationMessage) => string | undefined): Property {
  return {
    type: 'System.Nullable[System.ConsoleColor]',
    get: (self): Value => {
      const label = read(as(self, HostInformationMessage));
      return label === undefined ? null : (enumByLabel(namedType('System.ConsoleColor'), label) ?? null);
    },
  };
}

const hostMessage: TypeDescription = {
  name: `${space}.HostInformationMessage`,
  kind: 'class',
  properties: {
    Message: { type: 'string', get: (self) => as(self, HostInformationMessage).message },
    NoNewLine: { type: 'System.Nullable[bool]', get: (self) => as(self, HostInformationMessage).noNewLine },
    ForegroundColor: colour((one) => one.foreground),
    BackgroundColor: colour((one) => one.background),
  },
  toText: (self) => as(self, HostInformationMessage).message,
};

const progress: TypeDescription = {
  name: `${space}.ProgressRecord`,
  kind: 'class',
  properties: {
    Activity: { type: 'string', get: (self) => as(self, ProgressRecord).activity },
    ActivityId: { type: 'int', get: (self) => as(self, ProgressRecord).activityId },
    ParentActivityId: { type: 'int', get: (self) => as(self, ProgressRecord).parentActivityId },
    StatusDescription: { type: 'string', get: (self) => as(self, ProgressRecord).status },
    CurrentOperation: { type: 'string', get: (self) => as(self, ProgressRecord).currentOperation },
    PercentComplete: { type: 'int', get: (self) => as(self, ProgressRecord).percentComplete },
    SecondsRemaining: { type: 'int', get: (self) => as(self, ProgressRecord).secondsRemaining },
  },
  toText: (self) => {
    const { activityId, activity, status, percentComplete } = as(self, ProgressRecord);
    return `parent = -1 id = ${activityId} act = ${activity} stat = ${status} cur =  pct = ${percentComplete} sec = -1 type = Processing`;
  },
};

/** Types of what the streams beside output carry. */
export const recordTypes: readonly TypeDescription[] = [
  informational,
  message('Warning'),
  message('Verbose'),
  message('Debug'),
  information,
  hostMessage,
  progress,
  enumeration('System.ConsoleColor', [
    'Black',
    'DarkBlue',
    'DarkGreen',
    'DarkCyan',
    'DarkRed',
    'DarkMagenta',
    'DarkYellow',
    'Gray',
    'DarkGray',
    'Blue',
    'Green',
    'Cyan',
    'Red',
    'Magenta',
    'Yellow',
    'White',
  ]),
];
