import type { DeprovisioningFlow } from '../configuration/deprovisioning.ts';
import type { HostedObject } from '../object/hosted-object.ts';
import { type RequestedObject, sameValues } from '../object/object-state.ts';
import { configuredValue, type ObjectShape } from '../object/shape.ts';

/** Which flow a change asks for (host sheet 13.1 (6)): disabling, or taking a disabling value back. */
export function flowOf(
  type: ObjectShape,
  before: RequestedObject,
  after: RequestedObject,
): DeprovisioningFlow | undefined {
  const { disableFlow, statusAttribute } = type.file.deprovisioning;
  const becomes = (value: boolean): boolean =>
    (after.active === value && before.active !== value) ||
    (statusAttribute !== undefined &&
      sameValues(after.attributes.get(statusAttribute), [value]) &&
      !sameValues(before.attributes.get(statusAttribute), [value]));
  if (becomes(false)) return disableFlow;
  if (disableFlow.kind !== 'SetAttributeValue' || disableFlow.enableValue === undefined || !becomes(true))
    return undefined;
  return { ...disableFlow, value: disableFlow.enableValue };
}

/** The object with one attribute set to what a deprovisioning flow says. */
export function withValue(type: ObjectShape, object: HostedObject, name: string, text: string): HostedObject {
  return { attributes: new Map(object.attributes).set(name, [configuredValue(type, name, text)]), dn: object.dn };
}
