import type { FunctionDefinition } from '../definition.ts';

const refusedByOriginal = ['IsNullOrEmpty', 'IsPresent', 'IsNull', 'IsString'];

/** `IIF([country]="USA", [country], [department])`. Only the chosen branch is evaluated. A comparison with null is false. */
export const iif: FunctionDefinition = {
  name: 'IIF',
  summary: 'One of two values, by a condition.',
  parameters: [
    { name: 'condition', type: 'Condition' },
    { name: 'valueIfTrue', type: 'Any' },
    { name: 'valueIfFalse', type: 'Any' },
  ],
  result: 'Any',
  check(call) {
    const condition = call.single('condition');
    if (condition?.kind === 'call' && refusedByOriginal.includes(condition.name)) {
      call.warning(
        'EXPRESSION_COMPATIBILITY',
        `The original service does not support ${condition.name} as the condition of IIF.`,
        'condition',
      );
    }
  },
  bind(call) {
    const condition = call.condition('condition');
    const whenTrue = call.value('valueIfTrue');
    const whenFalse = call.value('valueIfFalse');
    return (scope) => (condition(scope) ? whenTrue(scope) : whenFalse(scope));
  },
};
