import { InvocationInfo } from '../../errors/invocation-info.ts';
import { positionText } from '../../errors/position-text.ts';
import { boundParametersDictionary } from '../../runtime/bound-parameters.ts';
import { lineText, placeOf } from '../../syntax/source.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { listOf } from '../collections/generic-list.ts';
import { enumOf } from '../enumeration.ts';
import { netTypes } from '../intrinsic.ts';
import type { TypeDescription } from '../net-type.ts';

const self = (value: Value): InvocationInfo => as(value, InvocationInfo);

function folderOf(path: string | undefined): string {
  if (path === undefined) return '';
  const at = path.lastIndexOf('/');
  return at > 0 ? path.slice(0, at) : '/';
}

function statement({ source, start, end }: InvocationInfo): string {
  return source === undefined ? '' : source.text.slice(start, end);
}

function line({ source, start }: InvocationInfo): string {
  return source === undefined ? '' : lineText(source, placeOf(source, start).line);
}

/** `$MyInvocation`, and where an error happened. */
export const invocationInfoDescription: TypeDescription = {
  name: 'System.Management.Automation.InvocationInfo',
  kind: 'class',
  properties: {
    MyCommand: { type: 'System.Management.Automation.CommandInfo', get: (value) => self(value).command ?? null },
    BoundParameters: {
      type: 'System.Collections.Generic.Dictionary[string,System.Object]',
      get: (value) => boundParametersDictionary(self(value).boundParameters),
    },
    UnboundArguments: {
      type: 'System.Collections.Generic.List[System.Object]',
      get: (value) => listOf(netTypes.object, [...self(value).unboundArguments]),
    },
    ScriptLineNumber: {
      type: 'int',
      get: (value) => {
        const { source, start } = self(value);
        return source === undefined ? 0 : placeOf(source, start).line;
      },
    },
    OffsetInLine: {
      type: 'int',
      get: (value) => {
        const { source, start } = self(value);
        return source === undefined ? 0 : placeOf(source, start).column;
      },
    },
    HistoryId: { type: 'long', get: (value) => BigInt(self(value).historyId) },
    ScriptName: { type: 'string', get: (value) => self(value).source?.file ?? '' },
    Line: { type: 'string', get: (value) => line(self(value)) },
    Statement: { type: 'string', get: (value) => statement(self(value)) },
    PositionMessage: {
      type: 'string',
      get: (value) => {
        const { source, start, end } = self(value);
        return source === undefined ? '' : positionText(source, start, end);
      },
    },
    PSScriptRoot: { type: 'string', get: (value) => folderOf(self(value).source?.file) },
    PSCommandPath: { type: 'string', get: (value) => self(value).source?.file ?? '' },
    InvocationName: { type: 'string', get: (value) => self(value).invocationName },
    PipelineLength: { type: 'int', get: (value) => self(value).pipelineLength },
    PipelinePosition: { type: 'int', get: (value) => self(value).pipelinePosition },
    ExpectingInput: { type: 'bool', get: (value) => self(value).expectingInput },
    CommandOrigin: {
      type: 'System.Management.Automation.CommandOrigin',
      get: () => enumOf('System.Management.Automation.CommandOrigin', 1),
    },
    DisplayScriptPosition: { type: 'System.Object', get: () => null, set: () => {} },
  },
};
