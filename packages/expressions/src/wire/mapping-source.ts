import type { Parameter } from '../functions/definition.ts';

/** `attributeMappingSource` of Microsoft Graph (engine sheet 9.1): an expression as JSON. */
export interface MappingSource {
  readonly type: 'Attribute' | 'Constant' | 'Function';
  readonly name: string;
  /** The text of the same tree. */
  readonly expression: string;
  readonly parameters: readonly MappingSourceParameter[];
}

export interface MappingSourceParameter {
  readonly key: string;
  readonly value: MappingSource;
}

/** Comparisons have no published wire form. Here they are functions called by their operator. */
export const comparisonKeys = ['left', 'right'] as const;

/** The key of the `occurrence`-th argument of a parameter, counted from 0. */
export function keyOf(parameter: Parameter, occurrence: number): string {
  return parameter.numbered === true ? `${parameter.name}${occurrence + 1}` : parameter.name;
}
