import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';

/** `XmlNamespaceManager`: what prefixes of a path stand for. */
class NamespaceManager extends Instance {
  readonly prefixes = new Map<string, string>();
  get type(): NetType {
    return namedType('System.Xml.XmlNamespaceManager');
  }
}

export function prefixesOf(value: Value): ((prefix: string) => string | undefined) | undefined {
  return value instanceof NamespaceManager ? (prefix) => value.prefixes.get(prefix) : undefined;
}

export const managerDescription: TypeDescription = {
  name: 'System.Xml.XmlNamespaceManager',
  kind: 'class',
  constructors: [
    {
      signature: 'System.Xml.XmlNamespaceManager new(System.Object nameTable)',
      invoke: () => new NamespaceManager(),
    },
  ],
  methods: {
    AddNamespace: [
      {
        signature: 'void AddNamespace(string prefix, string uri)',
        invoke: (value, [prefix, uri]) => {
          as(value, NamespaceManager).prefixes.set(text(prefix), text(uri));
          return undefined;
        },
      },
    ],
    LookupNamespace: [
      {
        signature: 'string LookupNamespace(string prefix)',
        invoke: (value, [prefix]) => as(value, NamespaceManager).prefixes.get(text(prefix)) ?? null,
      },
    ],
  },
};
