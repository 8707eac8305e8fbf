/**
 * Loads @peculiar/x509 when a certificate is to be made, which is once in two years: it is the slowest import of this room.
 *
 * The library's container (tsyringe) refuses to load without the metadata functions of the decorators proposal on `Reflect`
 * and stores its injection tokens with three of them. These are those three, as the proposal defines them; an installed polyfill is left alone.
 */
export async function loadX509(): Promise<typeof import('@peculiar/x509')> {
  if (!('getMetadata' in Reflect)) Object.assign(Reflect, { defineMetadata, getMetadata, getOwnMetadata });
  return await import('@peculiar/x509');
}

const metadata = new WeakMap<object, Map<unknown, unknown>>();

function defineMetadata(key: unknown, value: unknown, target: object): void {
  const own = metadata.get(target) ?? new Map<unknown, unknown>();
  metadata.set(target, own);
  own.set(key, value);
}

function getOwnMetadata(key: unknown, target: object): unknown {
  return metadata.get(target)?.get(key);
}

function getMetadata(key: unknown, target: object): unknown {
  for (let holder: object | null = target; holder !== null; holder = Reflect.getPrototypeOf(holder)) {
    if (metadata.get(holder)?.has(key) === true) return getOwnMetadata(key, holder);
  }
  return undefined;
}
