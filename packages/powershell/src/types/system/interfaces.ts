import type { TypeDescription } from '../net-type.ts';

function plain(name: string): TypeDescription {
  return { name: `System.${name}`, kind: 'interface' };
}

function generic(name: string): TypeDescription {
  return { name: `System.${name}\`1`, kind: 'interface', typeParameters: ['T'] };
}

/** Interfaces of System: types for `-is` and parameters; their members are those of each type. */
export const interfaces: readonly TypeDescription[] = [
  plain('IComparable'),
  plain('IConvertible'),
  plain('ICloneable'),
  plain('IDisposable'),
  plain('IFormattable'),
  plain('IFormatProvider'),
  plain('ICustomFormatter'),
  plain('IAsyncDisposable'),
  plain('IAsyncResult'),
  plain('IServiceProvider'),
  generic('IComparable'),
  generic('IEquatable'),
  generic('IObservable'),
  generic('IObserver'),
  generic('IProgress'),
];
