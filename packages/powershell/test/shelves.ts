import {
  as,
  type CmdletDescription,
  Instance,
  itemsOf,
  type NetType,
  namedType,
  objectArray,
  type Registration,
  settingOf,
  type TypeDescription,
  text,
  type Value,
} from '../src/registration/index.ts';

/* What a host program brings along: a shelf that crosses as the list of its labels. */

class Shelf extends Instance {
  readonly labels: readonly string[];
  constructor(labels: readonly string[]) {
    super();
    this.labels = labels;
  }
  get type(): NetType {
    return namedType('Contoso.Storage.Shelf');
  }
}

const shelf = (value: Value): Shelf => as(value, Shelf);

const shelfType: TypeDescription = {
  name: 'Contoso.Storage.Shelf',
  kind: 'class',
  handOver: {
    receive: (data, context) => new Shelf(itemsOf(data, context).map(text)),
    send: (self) => objectArray([...shelf(self).labels]),
  },
  staticMethods: {
    Of: [
      {
        signature: 'static Contoso.Storage.Shelf Of(params string[] labels)',
        invoke: (_self, [labels = null], context) => new Shelf(itemsOf(labels, context).map(text)),
      },
    ],
  },
  staticProperties: { Home: { type: 'string', get: (_self, context) => settingOf(context, 'Home') } },
  properties: { Label: { type: 'string', get: (self) => shelf(self).labels.join('+') } },
};

const largeShelf: TypeDescription = {
  name: 'Contoso.Storage.LargeShelf',
  kind: 'class',
  base: 'Contoso.Storage.Shelf',
};

const getShelf: CmdletDescription = {
  name: 'Get-Shelf',
  typeName: 'Contoso.GetShelfCommand',
  module: 'Contoso.Storage',
  parameters: [{ name: 'Label', type: 'string', position: 0 }],
  start: (call) => ({ begin: () => call.write(new Shelf([text(call.get('Label'))])) }),
};

export const shelves: Registration = { types: [shelfType, largeShelf], cmdlets: [getShelf] };
