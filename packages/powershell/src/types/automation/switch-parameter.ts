import { baseOf } from '../../conversion/base.ts';
import { bool } from '../../values/narrow.ts';
import { SwitchParameter } from '../../values/switch-parameter.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import { notConvertible, type TypeDescription } from '../net-type.ts';

function self(value: Value): SwitchParameter {
  const base = baseOf(value);
  return base instanceof SwitchParameter ? base : SwitchParameter.off;
}
const words = (value: Value): string => (self(value).isPresent ? 'True' : 'False');

/** `[switch]` */
export const switchParameterDescription: TypeDescription = {
  name: 'System.Management.Automation.SwitchParameter',
  kind: 'struct',
  accelerators: ['switch'],
  zero: () => SwitchParameter.off,
  constructors: [{ signature: 'switch new(bool isPresent)', invoke: (_self, [on]) => SwitchParameter.of(bool(on)) }],
  properties: { IsPresent: { type: 'bool', get: (value) => self(value).isPresent } },
  staticProperties: { Present: { type: 'switch', get: () => SwitchParameter.on } },
  methods: {
    ToBool: [{ signature: 'bool ToBool()', invoke: (value) => self(value).isPresent }],
    ToString: [{ signature: 'string ToString()', invoke: words }],
  },
  equals: (value, other) =>
    typeof other === 'boolean'
      ? self(value).isPresent === other
      : other instanceof SwitchParameter && other.isPresent === self(value).isPresent,
  hashKey: (value) => (self(value).isPresent ? 1 : 0),
  toText: words,
  convertFrom: (value) => (typeof value === 'boolean' ? SwitchParameter.of(value) : notConvertible),
  convertTo: (value, target) => (target === netTypes.boolean ? self(value).isPresent : notConvertible),
};
