/** A connector's parameters after validation: by name, secrets resolved. Built by `parseConfiguration` only. */
export interface Configuration {
  /** The text of a parameter; its default, or an empty string, when the administrator left it blank. */
  text(name: string): string;
  /** The state of a check box. */
  flag(name: string): boolean;
  /** The clear text of an encrypted parameter, or undefined when none is stored. Never log it. */
  secret(name: string): string | undefined;
}
