import { as, bool } from '../../values/narrow.ts';
import { SteppablePipeline } from '../../values/steppable-pipeline.ts';
import type { Value } from '../../values/value.ts';
import type { TypeDescription } from '../net-type.ts';

const self = (value: Value): SteppablePipeline => as(value, SteppablePipeline);

export const steppablePipelineDescription: TypeDescription = {
  name: 'System.Management.Automation.SteppablePipeline',
  kind: 'class',
  methods: {
    Begin: [
      {
        signature: 'void Begin(bool expectInput)',
        invoke: (value, [expectsInput]) => {
          self(value).begin(bool(expectsInput), null);
          return undefined;
        },
      },
      {
        signature: 'void Begin(System.Management.Automation.Internal.InternalCommand command)',
        invoke: (value, [cmdlet]) => {
          self(value).begin(true, cmdlet);
          return undefined;
        },
      },
    ],
    Process: [
      { signature: 'array Process(System.Object input)', invoke: (value, [input]) => self(value).process(input) },
      { signature: 'array Process()', invoke: (value) => self(value).process(undefined) },
    ],
    End: [{ signature: 'array End()', invoke: (value) => self(value).end() }],
    Clean: [
      {
        signature: 'void Clean()',
        invoke: (value) => {
          self(value).clean();
          return undefined;
        },
      },
    ],
    Dispose: [
      {
        signature: 'void Dispose()',
        invoke: (value) => {
          self(value).clean();
          return undefined;
        },
      },
    ],
  },
};
