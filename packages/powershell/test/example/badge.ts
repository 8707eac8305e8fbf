import { netFailure } from '../../src/errors/raise.ts';
import type { NetType, TypeDescription } from '../../src/types/net-type.ts';
import { Instance } from '../../src/values/instance.ts';
import { as, text } from '../../src/values/narrow.ts';

/** `Contoso.Badge`: the office that gave it out, and a number. */
export class Badge extends Instance {
  readonly type: NetType;
  readonly office: string;
  constructor(type: NetType, office: string) {
    super();
    this.type = type;
    this.office = office;
  }
}

export const badgeDescription: TypeDescription = {
  name: 'Contoso.Badge',
  kind: 'class',
  accelerators: ['badge'],
  properties: { Office: { type: 'string', get: (self) => as(self, Badge).office } },
  staticMethods: {
    // Overload choice, conversion of arguments and the error around what is thrown come by themselves.
    Parse: [{ signature: 'static badge Parse(string s)', invoke: (_, [s], __, type) => parseBadge(text(s), type) }],
  },
  toText: (self) => `badge of ${as(self, Badge).office}`,
};

/** Throws `NetFailure` (FormatException). */
function parseBadge(written: string, type: NetType): Badge {
  const office = /^([A-Z]{3})-\d+$/.exec(written)?.[1];
  if (office === undefined) throw netFailure('System.FormatException', `'${written}' is no badge.`);
  return new Badge(type, office);
}
