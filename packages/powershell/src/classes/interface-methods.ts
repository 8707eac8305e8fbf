import type { NetType, Overload } from '../types/net-type.ts';
import { infoOf } from '../types/type-info.ts';
import type { ClassBuild } from './class-type.ts';
import { typeKey } from './class-type.ts';

/** What the interfaces that classes implement ask for: names with the types of parameters, `T` for a type argument. */
const asked: ReadonlyMap<string, readonly string[]> = new Map([
  ['System.IComparable', ['CompareTo System.Object']],
  ['System.IComparable`1', ['CompareTo T']],
  ['System.IEquatable`1', ['Equals T']],
  ['System.IDisposable', ['Dispose']],
  ['System.ICloneable', ['Clone']],
  ['System.IFormattable', ['ToString System.String,System.IFormatProvider']],
  ['System.Collections.IEnumerable', ['GetEnumerator']],
  ['System.Collections.IEnumerator', ['MoveNext', 'get_Current', 'Reset']],
  [
    'System.Collections.ICollection',
    ['CopyTo System.Array,System.Int32', 'get_Count', 'get_SyncRoot', 'get_IsSynchronized'],
  ],
  ['System.Collections.IComparer', ['Compare System.Object,System.Object']],
  ['System.Collections.IEqualityComparer', ['Equals System.Object,System.Object', 'GetHashCode System.Object']],
  ['System.Collections.Generic.IComparer`1', ['Compare T,T']],
  ['System.Collections.Generic.IEqualityComparer`1', ['Equals T,T', 'GetHashCode T']],
  ['System.Management.Automation.IValidateSetValuesGenerator', ['GetValidValues']],
]);

/**
 * Reports (`TypeCreationError`) the first method of an interface that neither a class nor its bases have.
 * @param own methods of the class by folded name
 */
export function checkInterfaces(
  { ast, base, interfaces, errors }: ClassBuild,
  own: ReadonlyMap<string, readonly Overload[]>,
): void {
  const properties = new Set(
    ast.members.filter(({ kind }) => kind === 'property').map(({ name }) => name.toLowerCase()),
  );
  const has = (name: string, parameters: string): boolean => {
    const folded = name.toLowerCase();
    if (folded.startsWith('get_') && properties.has(folded.slice(4))) return true;
    if (
      own.get(folded)?.some((one) => (one.parameters ?? []).map(({ type }) => typeKey(type)).join(',') === parameters)
    )
      return true;
    const inherited = infoOf(base).members.get(folded);
    return (
      inherited?.kind === 'method' &&
      inherited.methods.some((one) => one.parameters.map(({ type }) => typeKey(type)).join(',') === parameters)
    );
  };
  for (const type of interfaces.flatMap((one) => [one, ...infoOf(one).interfaces])) {
    const missing = methodsAskedBy(type).find(({ name, parameters }) => !has(name, parameters));
    if (missing === undefined) continue;
    const assembly = 'PowerShell Class Assembly, Version=1.0.0.1, Culture=neutral, PublicKeyToken=null';
    const why = `Method '${missing.name}' in type '${ast.name}' from assembly '${assembly}' does not have an implementation.`;
    errors.report('TypeCreationError', ast, ast.name, why);
    return;
  }
}

function methodsAskedBy(type: NetType): { readonly name: string; readonly parameters: string }[] {
  const [argument] = type.typeArguments;
  const key = argument === undefined ? '' : typeKey(argument);
  const name =
    type.typeArguments.length === 0 ? type.name : `${type.name.replace(/[`[<].*$/, '')}\`${type.typeArguments.length}`;
  return (asked.get(name) ?? []).map((one) => {
    const [method = '', types = ''] = one.split(' ');
    const parameters = types === '' ? [] : types.split(',').map((each) => (each === 'T' ? key : `${each}<>`));
    return { name: method, parameters: parameters.join(',') };
  });
}
