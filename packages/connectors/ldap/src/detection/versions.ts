import { type RootDse, rootDseValue } from './root-dse.ts';

/** domainControllerFunctionality ([MS-ADTS] 3.1.1.3.2.25): what the server itself is, whatever level its domain runs at. */
const WINDOWS: ReadonlyMap<string, string> = new Map([
  ['0', 'Windows 2000 Server'],
  ['2', 'Windows Server 2003'],
  ['3', 'Windows Server 2008'],
  ['4', 'Windows Server 2008 R2'],
  ['5', 'Windows Server 2012'],
  ['6', 'Windows Server 2012 R2'],
  ['7', 'Windows Server 2016 to 2022'],
  ['10', 'Windows Server 2025'],
]);

export function vendorVersion(rootDse: RootDse): string | undefined {
  return rootDseValue(rootDse, 'vendorVersion');
}

export function windowsVersion(rootDse: RootDse): string | undefined {
  const level = rootDseValue(rootDse, 'domainControllerFunctionality');
  return level === undefined ? undefined : WINDOWS.get(level);
}

/** The part of an attribute that the group of a pattern matches; the whole value where it does not match. */
export function numberAfter(attribute: string, pattern: RegExp): (rootDse: RootDse) => string | undefined {
  return (rootDse) => {
    const value = rootDseValue(rootDse, attribute);
    return value === undefined ? undefined : (pattern.exec(value)?.[1] ?? value);
  };
}
