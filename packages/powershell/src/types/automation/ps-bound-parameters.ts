import type { TypeDescription } from '../net-type.ts';

/** What `$PSBoundParameters` is. */
export const psBoundParameters: TypeDescription = {
  name: 'System.Management.Automation.PSBoundParametersDictionary',
  kind: 'class',
  base: 'System.Collections.Generic.Dictionary`2[System.String,System.Object]',
};
