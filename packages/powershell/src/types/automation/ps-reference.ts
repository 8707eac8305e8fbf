import { as } from '../../values/narrow.ts';
import { PSReference } from '../../values/ps-reference.ts';
import type { Value } from '../../values/value.ts';
import type { TypeDescription } from '../net-type.ts';

const self = (value: Value): PSReference => as(value, PSReference);

/** `[ref]` */
const psReferenceDescription: TypeDescription = {
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

/** `[ref]` with what its values are: types that scripts meet, but never name. */
export const referenceDescriptions: readonly TypeDescription[] = [
  psReferenceDescription,
  {
    name: 'System.Management.Automation.PSReference`1',
    kind: 'class',
    typeParameters: ['T'],
    base: 'System.Management.Automation.PSReference',
  },
  { name: 'System.Management.Automation.LanguagePrimitives+Null', kind: 'class' },
];
