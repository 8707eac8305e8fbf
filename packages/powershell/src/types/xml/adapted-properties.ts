import { NetFailure, runtimeError } from '../../errors/raise.ts';
import type { Value } from '../../values/value.ts';
import { propertyIsReadOnly } from '../member-errors.ts';
import type { Overload, Property } from '../net-type.ts';
import { readNamed, selfNode, writeNamed } from './xml-adapter.ts';

/** Properties of .NET; a child or attribute of the name comes before each, as PowerShell has it. */
export function behindChildren(properties: Readonly<Record<string, Property>>): Record<string, Property> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      {
        ...property,
        get: (value, context, type) => readNamed(selfNode(value), name) ?? property.get?.(value, context, type) ?? null,
        set: (value, given, context, type) => {
          if (writeNamed(selfNode(value), name, given, context)) return;
          if (property.set === undefined) throw propertyIsReadOnly(name);
          try {
            property.set(value, given, context, type);
          } catch (error) {
            throw adapterFailure(error, name);
          }
        },
      } satisfies Property,
    ]),
  );
}

/** An exception of a setter has an id of its own where an adapter stands before it. */
function adapterFailure(error: unknown, name: string): unknown {
  if (!(error instanceof NetFailure)) return error;
  const { exception } = error;
  return runtimeError('CatchFromBaseAdapterSetValue', `Exception setting "${name}": "${exception.message}"`, {
    type: 'System.Management.Automation.SetValueInvocationException',
    category: 'NotSpecified',
    inner: exception,
  });
}

/** `get_Name()` and its like: .NET's properties whatever the children are called. */
export function accessors(properties: Readonly<Record<string, Property>>): Record<string, readonly Overload[]> {
  const methods: Record<string, readonly Overload[]> = {};
  for (const [name, { type, get, set }] of Object.entries(properties)) {
    if (get !== undefined) {
      const invoke: Overload['invoke'] = (value, _args, context, declaring) => get(value, context, declaring);
      methods[`get_${name}`] = [{ signature: `${type} get_${name}()`, isHidden: true, invoke }];
    }
    if (set !== undefined) {
      const invoke: Overload['invoke'] = (value: Value, [given]: readonly Value[], context, declaring) => {
        set(value, given, context, declaring);
        return undefined;
      };
      methods[`set_${name}`] = [{ signature: `void set_${name}(${type} value)`, isHidden: true, invoke }];
    }
  }
  return methods;
}
