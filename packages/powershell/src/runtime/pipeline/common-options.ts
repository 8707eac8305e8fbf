import type { ErrorRecord } from '../../errors/error-record.ts';
import type { Thrown } from '../../errors/thrown.ts';
import { ArrayList } from '../../types/collections/array-list.ts';
import { namedType } from '../../types/intrinsic.ts';
import { EnumValue } from '../../values/enum.ts';
import type { Instance } from '../../values/instance.ts';
import { List } from '../../values/list.ts';
import { SwitchParameter } from '../../values/switch-parameter.ts';
import type { Value } from '../../values/value.ts';
import type { Frame } from '../frame.ts';
import type { Output } from '../output.ts';
import { type ActionPreference, actionPreferences, toActionPreference } from '../preference.ts';
import type { Scope } from '../scope.ts';
import { Variable } from '../variable.ts';
import { setVariable } from '../variable-access.ts';
import type { CommandCall } from './call-options.ts';
import { carrierOf } from './invocation-error.ts';
import type { MessageStream } from './write-record.ts';

type Stream = MessageStream | 'error';

const actionParameters: readonly (readonly [string, Stream, string])[] = [
  ['ErrorAction', 'error', 'ErrorActionPreference'],
  ['WarningAction', 'warning', 'WarningPreference'],
  ['InformationAction', 'information', 'InformationPreference'],
  ['ProgressAction', 'progress', 'ProgressPreference'],
];
const switchParameters: readonly (readonly [string, Stream, string])[] = [
  ['Verbose', 'verbose', 'VerbosePreference'],
  ['Debug', 'debug', 'DebugPreference'],
];
const preferenceType = namedType('System.Management.Automation.ActionPreference');

const noActions = new Map<Stream, ActionPreference>();
const noCollectors = new Map<Stream, (record: Instance) => void>();

/** What the common parameters of one call ask for. */
export class CommonOptions {
  /** Where the command writes: the output it was given, with `-OutVariable` and `-PipelineVariable` in between. */
  readonly out: Output;
  readonly actions: Map<Stream, ActionPreference> = noActions;
  readonly collectors: Map<Stream, (record: Instance) => void> = noCollectors;
  readonly whatIf: boolean | undefined;
  readonly confirm: boolean | undefined;
  readonly #values: ReadonlyMap<string, Value>;
  readonly #scope: Scope;
  #pipelineVariable: string | undefined;

  /** @param values the bound parameters, empty where none of them is common */
  constructor(values: ReadonlyMap<string, Value>, call: CommandCall) {
    this.#values = values;
    this.#scope = call.caller.scope;
    if (values.size === 0) {
      this.out = call.out;
      return;
    }
    this.actions = new Map();
    this.collectors = new Map();
    this.whatIf = switchOf(values.get('WhatIf'));
    this.confirm = switchOf(values.get('Confirm'));
    for (const [parameter, stream] of actionParameters) {
      const action = toActionPreference(values.get(parameter));
      if (action !== undefined) this.actions.set(stream, action);
    }
    for (const [parameter, stream] of switchParameters) {
      const on = switchOf(values.get(parameter));
      if (on !== undefined) this.actions.set(stream, on ? 'Continue' : 'SilentlyContinue');
    }
    this.#collect('ErrorVariable', 'error', call);
    this.#collect('WarningVariable', 'warning', call);
    this.#collect('InformationVariable', 'information', call);
    this.out = this.#wrap(call);
  }

  /** `-Verbose` on the call itself. */
  get isVerbose(): boolean {
    return this.actions.get('verbose') === 'Continue';
  }

  #collect(parameter: string, stream: Stream, call: CommandCall): void {
    const list = this.#list(parameter, call);
    if (list !== undefined) this.collectors.set(stream, (record) => list.add(record));
  }

  /** The list that a variable named by a parameter holds from now on: a new one, or after `+` what was there and more. */
  #list(parameter: string, call: CommandCall): ArrayList | undefined {
    const given = this.#values.get(parameter);
    if (typeof given !== 'string' || given === '') return undefined;
    const appends = given.startsWith('+');
    const name = appends ? given.slice(1) : given;
    const before = appends ? this.#scope.own(name.toLowerCase())?.value : undefined;
    const list = new ArrayList(
      before === null || before === undefined ? [] : before instanceof List ? [...before.items] : [before],
    );
    setVariable(call.session, this.#scope, name, list);
    return list;
  }

  #wrap(call: CommandCall): Output {
    let { out } = call;
    const given = this.#values.get('PipelineVariable');
    if (typeof given === 'string' && given !== '') {
      this.#pipelineVariable = given;
      const inner = out;
      const scope = this.#scope;
      out = {
        write: (value) => {
          setVariable(call.session, scope, given, value);
          inner.write(value);
        },
      };
    }
    const list = this.#list('OutVariable', call);
    if (list === undefined) return out;
    const inner = out;
    return {
      write: (value) => {
        list.add(value);
        inner.write(value);
      },
    };
  }

  /** Makes the preferences of the call those of a function's scope, so that what it calls sees them. */
  setPreferences(scope: Scope): void {
    for (const [, stream, name] of [...actionParameters, ...switchParameters]) {
      const action = this.actions.get(stream);
      if (action !== undefined) scope.add(new Variable(name, preferenceValue(action)));
    }
    if (this.whatIf !== undefined) scope.add(new Variable('WhatIfPreference', SwitchParameter.of(this.whatIf)));
    if (this.confirm !== undefined) {
      const impact = namedType('System.Management.Automation.ConfirmImpact');
      scope.add(new Variable('ConfirmPreference', new EnumValue(impact, this.confirm ? 1 : 0)));
    }
  }

  /** Lets the variables of the call hear what happens in a function's frame, and in those it calls. */
  listen(frame: Frame): void {
    const { errorSink, recordSink } = frame;
    const error = this.collectors.get('error');
    if (error !== undefined) {
      frame.errorSink = (record: ErrorRecord) => {
        error(record);
        errorSink?.(record);
      };
    }
    const { collectors } = this;
    if (!collectors.has('warning') && !collectors.has('information')) return;
    frame.recordSink = (stream, record) => {
      collectors.get(stream)?.(record);
      recordSink?.(stream, record);
    };
  }

  /**
   * What ended the command goes to its `-ErrorVariable`, too: the exception that carries the error, not the record.
   * @param thrown an error of this very command
   */
  ended(thrown: Thrown): void {
    this.collectors.get('error')?.(carrierOf(thrown));
  }

  close(): void {
    if (this.#pipelineVariable !== undefined) this.#scope.remove(this.#pipelineVariable.toLowerCase());
  }
}

function preferenceValue(action: ActionPreference): EnumValue {
  return new EnumValue(preferenceType, actionPreferences.indexOf(action));
}

function switchOf(value: Value): boolean | undefined {
  if (value === undefined) return undefined;
  return value instanceof SwitchParameter ? value.isPresent : value === true;
}
