import type { AttributeType } from './values.ts';

/** ECMA 2 `AttributeOperation`: in which direction an attribute flows. */
export type AttributeOperation = 'ImportExport' | 'ExportOnly' | 'ImportOnly';

/** ECMA 2 `SchemaAttribute`. An anchor attribute is always single-valued. */
export interface SchemaAttribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly isAnchor: boolean;
  readonly isMultiValued: boolean;
  readonly allowedOperation: AttributeOperation;
}

/** ECMA 2 `SchemaType`: an object type of the target, e.g. `Person`. */
export interface SchemaType {
  readonly name: string;
  /** True: the administrator may not choose another anchor than the connector's. */
  readonly lockAnchorDefinition: boolean;
  readonly possibleDnComponents: readonly string[];
  /** In the order in which the connector declares them. */
  readonly attributes: readonly SchemaAttribute[];
  /**
   * Names of attributes without which the target refuses a new object, as far as it says so beforehand. No part of ECMA 2: the host tells
   * who configures which of them the selection leaves out.
   */
  readonly mandatoryAttributes?: readonly string[];
}

/** ECMA 2 `Schema`. The one handed to runs holds only selected types and attributes, with the effective anchors. */
export interface Schema {
  readonly types: readonly SchemaType[];
}

/** The anchor attributes of a type, a view of `attributes` in declaration order (ECMA sheet 2.2). */
export function anchorAttributes(type: SchemaType): readonly SchemaAttribute[] {
  return type.attributes.filter((attribute) => attribute.isAnchor);
}
