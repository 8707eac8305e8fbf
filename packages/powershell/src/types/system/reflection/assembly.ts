import { netFailure } from '../../../errors/raise.ts';
import { Instance } from '../../../values/instance.ts';
import { as, text } from '../../../values/narrow.ts';
import type { Value } from '../../../values/value.ts';
import { namedType } from '../../intrinsic.ts';
import { methodTable } from '../../method-table.ts';
import type { NetType, TypeDescription } from '../../net-type.ts';

const name = 'System.Reflection.Assembly';

/** The families of assemblies whose types are built in, as far as they are there at all. */
const builtIn =
  /^(?:System|mscorlib|netstandard|Microsoft\.(?:CSharp|PowerShell|VisualBasic|Win32)|WindowsBase|PresentationCore)(?:[.,]|$)/i;

/** True for the name, or full name, of an assembly that needs no loading. */
export function isBuiltInAssembly(assembly: string): boolean {
  return builtIn.test(assembly);
}

/** `System.Reflection.Assembly`: a name, since no assembly is ever loaded. */
class Assembly extends Instance {
  readonly name: string;
  constructor(assembly: string) {
    super();
    this.name = assembly.replace(/,.*$/s, '');
  }
  get type(): NetType {
    return namedType(name);
  }
  get fullName(): string {
    return `${this.name}, Version=10.0.0.0, Culture=neutral, PublicKeyToken=null`;
  }
}

const self = (value: Value): Assembly => as(value, Assembly);

function load(given: Value): Assembly {
  const asked = text(given);
  if (isBuiltInAssembly(asked)) return new Assembly(asked);
  const message = `Could not load file or assembly '${asked}'. The system cannot find the file specified.`;
  throw netFailure('System.IO.FileNotFoundException', `${message}\n`, { details: { FileName: asked } });
}

/** Scripts name the assembly of a type before they use it; that is all it is for here: files are not loaded. */
export const assemblyDescription: TypeDescription = {
  name,
  kind: 'class',
  isAbstract: true,
  staticMethods: methodTable({
    [`static ${name} Load(string assemblyString)`]: (_self, [given]) => load(given),
    [`static ${name} LoadWithPartialName(string partialName)`]: (_self, [given]) =>
      isBuiltInAssembly(text(given)) ? new Assembly(text(given)) : null,
  }),
  properties: {
    FullName: { type: 'string', get: (value) => self(value).fullName },
    Location: { type: 'string', get: () => '' },
  },
  toText: (value) => self(value).fullName,
};
