import type { NetType } from '../types/net-type.ts';
import type { Value } from '../values/value.ts';
import type { ParameterAttribute } from './attribute.ts';

/** One parameter of a function, script or cmdlet, as the binder sees it. Functions and cmdlets make the same thing. */
export interface ParameterDeclaration {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: NetType;
  /** `[switch]`, which takes no argument of its own. */
  readonly isSwitch: boolean;
  /** Per parameter set; the name `__AllParameterSets` stands for all of them. Never empty. */
  readonly sets: readonly ParameterSetEntry[];
  /** Transformations, casts and validations, in the order in which they run on an argument. */
  readonly attributes: readonly ParameterAttribute[];
  readonly allowNull: boolean;
  readonly allowEmptyString: boolean;
  readonly allowEmptyCollection: boolean;
  readonly dontShow: boolean;
  /** `[PSTypeName('…')]`: one of the type names the argument must have. */
  readonly psTypeName: string | undefined;
  /** What `[Obsolete()]` says: a warning for each call that binds it. */
  readonly obsolete?: string | undefined;
  /** Number literals come as the text that was written. */
  readonly numbersAsWritten?: boolean;
  /** Comes with the provider of a path: a shortened name means the others first. */
  readonly isDynamic?: boolean;
}

export interface ParameterSetEntry {
  readonly set: string;
  readonly mandatory: boolean;
  /** `undefined`: named only. */
  readonly position: number | undefined;
  readonly fromPipeline: boolean;
  readonly fromPipelineByPropertyName: boolean;
  readonly fromRemainingArguments: boolean;
  readonly helpMessage: string;
}

export const allParameterSets = '__AllParameterSets';

/** The parameters of one command, ready to bind: names and aliases by folded name, sets in order. Built once per command. */
export interface ParameterTable {
  readonly parameters: readonly ParameterDeclaration[];
  readonly byName: ReadonlyMap<string, ParameterDeclaration>;
  readonly setNames: readonly string[];
  readonly defaultSet: string | undefined;
  /** Advanced functions and cmdlets: common parameters, no unknown arguments. Simple functions put the rest into `$args`. */
  readonly isAdvanced: boolean;
  readonly positionalBinding: boolean;
  readonly supportsShouldProcess: boolean;
}

/** One argument of a call, evaluated, as the compiler hands it to the binder. Places are offsets into the caller's source. */
export type CallArgument =
  /**
   * `-Name`, or `-Name:value`. `text` is what was written, dash and colon included, for commands that keep unknown names as
   * text. `valueStart` is where the value is, equal to `start` where there is none.
   */
  | {
      readonly kind: 'named';
      readonly name: string;
      readonly text: string;
      readonly hasValue: boolean;
      readonly value: Value;
      /** The value as written where it was a number. */
      readonly source: string | undefined;
      readonly start: number;
      readonly end: number;
      readonly valueStart: number;
      readonly valueEnd: number;
      readonly splatted: boolean;
    }
  /** `source` is the literal as written where it was a number: parameters of type string take that. */
  | {
      readonly kind: 'positional';
      readonly value: Value;
      readonly source: string | undefined;
      readonly start: number;
      readonly end: number;
      readonly splatted: boolean;
    };
