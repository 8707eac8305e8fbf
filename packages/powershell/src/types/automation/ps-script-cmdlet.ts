import { ErrorRecord } from '../../errors/error-record.ts';
import { NetArray } from '../../values/array.ts';
import { List } from '../../values/list.ts';
import { as, bool, text } from '../../values/narrow.ts';
import { ScriptCmdletObject } from '../../values/script-cmdlet.ts';
import { InformationRecord, ProgressRecord } from '../../values/stream-records.ts';
import type { Value } from '../../values/value.ts';
import { wrapInvocation } from '../member-errors.ts';
import type { Overload, TypeDescription } from '../net-type.ts';

const self = (value: Value): ScriptCmdletObject => as(value, ScriptCmdletObject);

function shouldProcess(signature: string): Overload {
  return {
    signature,
    invoke: (value, args) => {
      const [target, action] = args;
      try {
        return self(value).shouldProcess(text(target), args.length === 2 ? text(action) : undefined);
      } catch (error) {
        throw wrapInvocation(error, 'ShouldProcess', args.length);
      }
    },
  };
}

function writeMessage(stream: 'warning' | 'verbose' | 'debug', name: string): readonly Overload[] {
  return [
    {
      signature: `void ${name}(string text)`,
      invoke: (value, [message]) => {
        self(value).writeMessage(stream, text(message));
        return undefined;
      },
    },
  ];
}

function textsOf(value: Value): readonly string[] {
  const items = value instanceof NetArray || value instanceof List ? value.items : [];
  return items.map(text);
}

/** `$PSCmdlet`. Names are those of `Cmdlet` and `PSCmdlet`. */
export const psScriptCmdlet: TypeDescription = {
  name: 'System.Management.Automation.PSScriptCmdlet',
  kind: 'class',
  base: 'System.Management.Automation.PSCmdlet',
  properties: {
    ParameterSetName: { type: 'string', get: (value) => self(value).parameterSetName },
    MyInvocation: { type: 'System.Management.Automation.InvocationInfo', get: (value) => self(value).invocation },
    Stopping: { type: 'bool', get: () => false },
  },
  methods: {
    WriteObject: [
      {
        signature: 'void WriteObject(System.Object sendToPipeline)',
        invoke: (value, [object]) => {
          self(value).writeObject(object, false);
          return undefined;
        },
      },
      {
        signature: 'void WriteObject(System.Object sendToPipeline, bool enumerateCollection)',
        invoke: (value, [object, enumerate]) => {
          self(value).writeObject(object, bool(enumerate));
          return undefined;
        },
      },
    ],
    WriteError: [
      {
        signature: 'void WriteError(System.Management.Automation.ErrorRecord errorRecord)',
        invoke: (value, [record]) => {
          self(value).writeError(as(record, ErrorRecord));
          return undefined;
        },
      },
    ],
    ThrowTerminatingError: [
      {
        signature: 'void ThrowTerminatingError(System.Management.Automation.ErrorRecord errorRecord)',
        invoke: (value, [record]) => self(value).throwTerminatingError(as(record, ErrorRecord)),
      },
    ],
    WriteWarning: writeMessage('warning', 'WriteWarning'),
    WriteVerbose: writeMessage('verbose', 'WriteVerbose'),
    WriteDebug: writeMessage('debug', 'WriteDebug'),
    WriteInformation: [
      {
        signature: 'void WriteInformation(System.Management.Automation.InformationRecord informationRecord)',
        invoke: (value, [record]) => {
          self(value).writeInformation(as(record, InformationRecord), []);
          return undefined;
        },
      },
      {
        signature: 'void WriteInformation(System.Object messageData, string[] tags)',
        invoke: (value, [data, tags]) => {
          self(value).writeInformation(data, textsOf(tags));
          return undefined;
        },
      },
    ],
    WriteProgress: [
      {
        signature: 'void WriteProgress(System.Management.Automation.ProgressRecord progressRecord)',
        invoke: (value, [record]) => {
          self(value).writeProgress(as(record, ProgressRecord));
          return undefined;
        },
      },
    ],
    ShouldProcess: [
      shouldProcess('bool ShouldProcess(string target)'),
      shouldProcess('bool ShouldProcess(string target, string action)'),
      shouldProcess('bool ShouldProcess(string verboseDescription, string verboseWarning, string caption)'),
    ],
    ShouldContinue: [
      {
        signature: 'bool ShouldContinue(string query, string caption)',
        invoke: (value, [query, caption]) => {
          try {
            return self(value).shouldContinue(`${text(caption)}\n${text(query)}`);
          } catch (error) {
            throw wrapInvocation(error, 'ShouldContinue', 2);
          }
        },
      },
    ],
    GetVariableValue: [
      {
        signature: 'System.Object GetVariableValue(string name)',
        invoke: (value, [name]) => self(value).variableValue(text(name), null),
      },
      {
        signature: 'System.Object GetVariableValue(string name, System.Object defaultValue)',
        invoke: (value, [name, missing]) => self(value).variableValue(text(name), missing),
      },
    ],
    GetUnresolvedProviderPathFromPSPath: [
      {
        signature: 'string GetUnresolvedProviderPathFromPSPath(string path)',
        invoke: (value, [path]) => self(value).resolvePath(text(path)),
      },
    ],
  },
};

export const psCmdlet: TypeDescription = {
  name: 'System.Management.Automation.PSCmdlet',
  kind: 'class',
  base: 'System.Management.Automation.Cmdlet',
};

export const cmdlet: TypeDescription = {
  name: 'System.Management.Automation.Cmdlet',
  kind: 'class',
  base: 'System.Management.Automation.Internal.InternalCommand',
};

export const internalCommand: TypeDescription = {
  name: 'System.Management.Automation.Internal.InternalCommand',
  kind: 'class',
};
