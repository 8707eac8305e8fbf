import { as } from '../../values/narrow.ts';
import { PSReference } from '../../values/ps-reference.ts';
import type { Value } from '../../values/value.ts';
import type { TypeDescription } from '../net-type.ts';

const self = (value: Value): PSReference => as(value, PSReference);

/** `[ref]` */
export const psReferenceDescription: TypeDescription = {
  name: 'System.Management.Automation.PSReference',
  kind: 'class',
  accelerators: ['ref'],
  constructors: [{ signature: 'new(System.Object value)', invoke: (_self, [value]) => PSReference.to(value) }],
  properties: {
    Value: {
      type: 'System.Object',
      get: (value) => self(value).value,
      set: (value, given) => {
        self(value).value = given;
      },
    },
  },
};
