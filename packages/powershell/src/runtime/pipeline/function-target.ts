import type { Bindable } from '../../binding/bindable.ts';
import type { BindingTarget } from '../../binding/binding.ts';
import type { FunctionParameter } from '../../binding/function-parameters.ts';
import { Dictionary } from '../../values/dictionary.ts';
import type { Value } from '../../values/value.ts';
import type { Frame } from '../frame.ts';
import { Collector } from '../output.ts';
import type { CommandCall } from './call-options.ts';
import { activityOf } from './invocation-error.ts';

/** What the binder's findings do to a function. */
export interface FunctionBinding {
  /** Makes a bound value a variable; `declared` is absent for common and dynamic parameters. */
  set(declared: FunctionParameter | undefined, parameter: Bindable, value: Value): void;
  warn(message: string): void;
}

/** A function, script file or script block as the binder sees it. Default values are evaluated in its own frame. */
export function functionTarget(
  call: CommandCall,
  frame: Frame,
  parameters: readonly FunctionParameter[],
  { set, warn }: FunctionBinding,
): BindingTarget {
  const { session, caller, invocation, errorName, expectsInput } = call;
  const byName = new Map(parameters.map((one) => [one.name, one]));
  return {
    session,
    invocation,
    activity: activityOf(invocation),
    errorName,
    expectsInput,
    set: (parameter, value) => set(byName.get(parameter.name), parameter, value),
    defaultOf: (parameter) => {
      const declared = byName.get(parameter.name);
      if (declared === undefined) return undefined;
      const { defaultValue } = declared.compiled;
      if (defaultValue !== undefined) return { value: defaultValue(frame), isDeclared: true };
      return { value: declared.implied ?? null, isDeclared: declared.implied !== undefined };
    },
    warn,
    presets: () => {
      const value = caller.scope.find('psdefaultparametervalues')?.value;
      return value instanceof Dictionary ? value : undefined;
    },
    presetNames: () => [errorName],
    evaluate: (block, input) => {
      const collector = new Collector();
      session.run(block, { underscore: input, args: [input], newScope: true, out: collector });
      return collector.items;
    },
  };
}
