import type { YamlMap } from './yaml-file.ts';

/** What a deprovisioning request does to the target (host sheet section 6, tokens of 13.1 (7)). */
export type DeprovisioningFlow =
  | { readonly kind: 'None' }
  | { readonly kind: 'Delete' }
  | {
      readonly kind: 'SetAttributeValue';
      readonly attribute: string;
      /** Text form of the value that is written. */
      readonly value: string;
      /** Text form of the value that takes it back when the account is enabled again; none for the delete flow. */
      readonly enableValue?: string;
    };

export interface DeprovisioningFile {
  /** Besides core `active`: the attribute whose false value is a request to disable (host sheet 13.1 (6)). */
  readonly statusAttribute: string | undefined;
  readonly disableFlow: DeprovisioningFlow;
  readonly deleteFlow: DeprovisioningFlow;
}

/** DELETE deletes and disabling does nothing, as the original's sample has it. */
export const NO_DEPROVISIONING: DeprovisioningFile = {
  statusAttribute: undefined,
  disableFlow: { kind: 'None' },
  deleteFlow: { kind: 'Delete' },
};

const MEMBERS = [
  'statusAttribute',
  'disableFlow',
  'disableAttribute',
  'disableValue',
  'enableValue',
  'deleteFlow',
  'deleteAttribute',
  'deleteValue',
];
const FLOWS = ['None', 'Delete', 'SetAttributeValue'] as const;

/** Reads the `deprovisioning` part of an object type. */
export function readDeprovisioning(map: YamlMap | undefined): DeprovisioningFile {
  if (map === undefined) return NO_DEPROVISIONING;
  map.only(MEMBERS);
  return {
    statusAttribute: map.text('statusAttribute'),
    disableFlow: readFlow(map, 'disable', 'None'),
    deleteFlow: readFlow(map, 'delete', 'Delete'),
  };
}

function readFlow(map: YamlMap, which: 'disable' | 'delete', fallback: 'None' | 'Delete'): DeprovisioningFlow {
  const kind = map.choice(`${which}Flow`, FLOWS, fallback);
  if (kind !== 'SetAttributeValue') return { kind };
  const attribute = map.requiredText(`${which}Attribute`);
  // Which Boolean the original writes is unverified; false for "disabled" and true for "deleted" is what the names suggest.
  if (which === 'delete') return { kind, attribute, value: map.text('deleteValue') ?? 'true' };
  return {
    kind,
    attribute,
    value: map.text('disableValue') ?? 'false',
    enableValue: map.text('enableValue') ?? 'true',
  };
}

/** The part as it is written to a file; undefined when it says nothing but the defaults. */
export function writeDeprovisioning({
  statusAttribute,
  disableFlow,
  deleteFlow,
}: DeprovisioningFile): Record<string, string> | undefined {
  if (statusAttribute === undefined && disableFlow.kind === 'None' && deleteFlow.kind === 'Delete') return undefined;
  return {
    ...(statusAttribute === undefined ? {} : { statusAttribute }),
    disableFlow: disableFlow.kind,
    ...(disableFlow.kind === 'SetAttributeValue'
      ? {
          disableAttribute: disableFlow.attribute,
          disableValue: disableFlow.value,
          enableValue: disableFlow.enableValue ?? 'true',
        }
      : {}),
    deleteFlow: deleteFlow.kind,
    ...(deleteFlow.kind === 'SetAttributeValue'
      ? { deleteAttribute: deleteFlow.attribute, deleteValue: deleteFlow.value }
      : {}),
  };
}
