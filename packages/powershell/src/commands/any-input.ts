import type { CmdletParameter, Coverage } from './description.ts';

/** `-InputObject` of cmdlets that write whatever they are given: null and what is empty, too. */
export const anyInput: CmdletParameter = {
  name: 'InputObject',
  type: 'object',
  mandatory: true,
  position: 0,
  fromPipeline: true,
  allowNull: true,
  allowEmptyCollection: true,
  allowEmptyString: true,
};

/** What such cmdlets make of objects that .NET knows more of. */
export const propertiesOfEngine: Coverage = {
  state: 'approximated',
  why: 'of objects that are no data, the properties that the engine has are written',
};
