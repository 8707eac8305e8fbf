import type { NetException } from '../../../errors/net-exception.ts';
import { isAssignable } from '../../assignable.ts';
import { namedType } from '../../intrinsic.ts';

/** `HResult` by the type that first brings it; types without one have that of the nearest base. */
const results = new Map<string, number>([
  ['System.Exception', -2146233088],
  ['System.SystemException', -2146233087],
  ['System.IO.IOException', -2146232800],
  ['System.IO.FileNotFoundException', -2147024894],
  ['System.IO.DirectoryNotFoundException', -2147024893],
  ['System.IO.PathTooLongException', -2147024690],
  ['System.IO.EndOfStreamException', -2147024858],
  ['System.UnauthorizedAccessException', -2147024891],
  ['System.ArgumentException', -2147024809],
  ['System.ArgumentNullException', -2147467261],
  ['System.ArgumentOutOfRangeException', -2146233086],
  ['System.InvalidOperationException', -2146233079],
  ['System.FormatException', -2146233033],
  ['System.InvalidCastException', -2147467262],
  ['System.NullReferenceException', -2147467261],
  ['System.NotSupportedException', -2146233067],
  ['System.NotImplementedException', -2147467263],
  ['System.OverflowException', -2146233066],
  ['System.ArithmeticException', -2147024362],
  ['System.DivideByZeroException', -2147352558],
  ['System.IndexOutOfRangeException', -2146233080],
  ['System.Collections.Generic.KeyNotFoundException', -2146232969],
  ['System.OutOfMemoryException', -2147024882],
  ['System.TimeoutException', -2146233083],
  ['System.ObjectDisposedException', -2146232798],
  ['System.ApplicationException', -2146232832],
  ['System.Security.SecurityException', -2146233078],
  ['System.OperationCanceledException', -2146233029],
  ['System.Xml.XmlException', -2146232000],
  ['System.RankException', -2146233065],
  ['System.Data.DataException', -2146232032],
]);

/** `Exception.HResult` of an exception that nobody gave another. */
export function resultOf({ type }: NetException): number {
  const own = results.get(type.name);
  if (own !== undefined) return own;
  let nearest = 'System.Exception';
  for (const name of results.keys()) {
    const base = namedType(name);
    if (isAssignable(type, base) && isAssignable(base, namedType(nearest))) nearest = name;
  }
  return results.get(nearest) ?? 0;
}
