import { PSObject } from '../../values/ps-object.ts';

/** `-Name` among `$args`: text that, splatted on (`@args`), is a parameter name again. */
export class ParameterText extends PSObject {
  readonly parameterName: string;
  constructor(text: string, parameterName: string) {
    super(text);
    this.parameterName = parameterName;
  }
}
