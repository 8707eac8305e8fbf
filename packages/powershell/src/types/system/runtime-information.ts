import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable } from '../method-table.ts';
import type { NetType, Property, TypeDescription } from '../net-type.ts';

const name = 'System.Runtime.InteropServices.OSPlatform';

/** `OSPlatform`: a name, in any case. */
class OSPlatform extends Instance {
  readonly name: string;
  constructor(platform: string) {
    super();
    this.name = platform;
  }
  get type(): NetType {
    return namedType(name);
  }
  get folded(): string {
    return this.name.toUpperCase();
  }
}

function constant(platform: string): Property {
  return { type: name, get: () => new OSPlatform(platform) };
}

/** The engine is on Linux on every system, as `[Environment]` has it, and tells nothing more of the machine. */
export const runtimeInformationDescriptions: readonly TypeDescription[] = [
  {
    name,
    kind: 'struct',
    staticProperties: {
      FreeBSD: constant('FREEBSD'),
      Linux: constant('LINUX'),
      OSX: constant('OSX'),
      Windows: constant('WINDOWS'),
    },
    staticMethods: methodTable({
      [`static ${name} Create(string osPlatform)`]: (_self, [platform]) => new OSPlatform(text(platform)),
    }),
    zero: () => new OSPlatform(''),
    equals: (left, right) => right instanceof OSPlatform && as(left, OSPlatform).folded === right.folded,
    hashKey: (value) => as(value, OSPlatform).folded,
    toText: (value) => as(value, OSPlatform).name,
  },
  {
    name: 'System.Runtime.InteropServices.RuntimeInformation',
    kind: 'class',
    isAbstract: true,
    staticProperties: {
      FrameworkDescription: { type: 'string', get: () => '.NET 10.0.0' },
      OSDescription: { type: 'string', get: () => 'Unix 5.0.0.0' },
    },
    staticMethods: methodTable({
      [`static bool IsOSPlatform(${name} osPlatform)`]: (_self, [platform]) =>
        as(platform, OSPlatform).folded === 'LINUX',
    }),
  },
];
