import { toLower } from '../../values/letter-case.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `InStr("repEated", "e", 3, vbTextCompare)`: a position counted from 1, 0 for none; case counts unless told otherwise (proposed). */
export const inStr: FunctionDefinition = {
  name: 'InStr',
  summary: 'Where a text occurs in another, counted from 1; 0 where it does not.',
  parameters: [
    { name: 'value1', type: 'String' },
    { name: 'value2', type: 'String' },
    { name: 'start', type: 'Integer', optional: true },
    { name: 'compareType', type: 'Keyword', optional: true },
  ],
  result: 'Integer',
  check(call) {
    const compare = call.constant('compareType');
    if (call.has('compareType') && compare !== 'vbTextCompare' && compare !== 'vbBinaryCompare') {
      call.error(
        'EXPRESSION_ARGUMENT_INVALID',
        'The comparison must be vbTextCompare or vbBinaryCompare.',
        'compareType',
      );
    }
  },
  bind(call) {
    const source = call.text('value1');
    const wanted = call.text('value2');
    const start = call.has('start') ? call.count('start') : () => 1;
    const fold = call.constant('compareType') === 'vbTextCompare' ? toLower : (text: string) => text;
    return (scope) => {
      const from = start(scope);
      if (from < 1) throw call.fault('EXPRESSION_VALUE_TYPE', 'InStr counts positions from 1.', 'start');
      return BigInt(fold(source(scope) ?? '').indexOf(fold(wanted(scope) ?? ''), from - 1) + 1);
    };
  },
};
