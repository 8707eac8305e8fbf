/** ECMA 2 `ConfigParameterType`. `Label` and `Divider` only shape a form and hold no value. */
export type ConfigParameterType =
  | 'String'
  | 'EncryptedString'
  | 'Label'
  | 'Text'
  | 'DropDown'
  | 'CheckBox'
  | 'Divider'
  | 'File';

/** ECMA 2 `ConfigParameterPage`: the wizard page, and the scope a value has. */
export type ConfigParameterPage = 'Connectivity' | 'Capabilities' | 'Schema' | 'Global' | 'Partition' | 'RunStep';

/**
 * ECMA 2 `ConfigParameterDefinition` as data. Commands, the wizard, the validator and the documentation are printed from this one list.
 */
export interface ConfigParameterDefinition {
  /** Name in configuration files; unique within the connector, compared without regard to case. */
  readonly name: string;
  readonly type: ConfigParameterType;
  readonly page: ConfigParameterPage;
  /** One sentence: what it is for. */
  readonly description: string;
  /** True: a value that is not blank must be there, from the file or from the default. */
  readonly required?: boolean;
  /** Text form of the default; check boxes use `0` and `1` as the original does. */
  readonly default?: string;
  /** For `DropDown`. */
  readonly choices?: readonly string[];
  /** For `DropDown`: true when other texts than the choices are allowed too (ECMA 2 `DropDownExtensible`). */
  readonly extensible?: boolean;
  /** A regular expression that the whole value must match; blank values are not matched. */
  readonly validation?: RegExp;
}

/** True for parameters that carry a value. */
export function holdsValue(definition: ConfigParameterDefinition): boolean {
  return definition.type !== 'Label' && definition.type !== 'Divider';
}
