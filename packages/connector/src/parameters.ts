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
  /** Name in configuration files; unique within the connector. */
  readonly name: string;
  readonly type: ConfigParameterType;
  readonly page: ConfigParameterPage;
  /** One sentence: what it is for. */
  readonly description: string;
  readonly required?: boolean;
  /** Text form of the default; check boxes use `0` and `1` as the original does. */
  readonly default?: string;
  /** For `DropDown`. */
  readonly choices?: readonly string[];
  /** A regular expression that the whole value must match. */
  readonly validation?: RegExp;
}
