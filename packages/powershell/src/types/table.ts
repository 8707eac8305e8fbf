import type { TypeName } from '../syntax/tree/index.ts';
import type { NetType, TypeDescription } from './net-type.ts';

/** The types a session knows: the library, what a host program registered, and what its scripts define. */
export interface TypeTable {
  /** By name as scripts write it: accelerators first, then full names, then with `System.` before it; case does not matter. */
  find(name: string, usings?: readonly string[]): NetType | undefined;
  /** A parsed type name, generics and arrays included. Throws `Thrown` (`TypeNotFound`) as a cast or type literal does. */
  resolve(name: TypeName, usings?: readonly string[]): NetType;
  /** Text inside brackets, as `[type]'…'` and signatures have it: `System.Collections.Generic.List[string]`, `int[]`. */
  parse(text: string): NetType | undefined;
  close(definition: NetType, typeArguments: readonly NetType[]): NetType;
  register(description: TypeDescription): NetType;
  /** A type defined by a script: shadows others of its name from then on in this session. */
  define(type: NetType): void;
}
