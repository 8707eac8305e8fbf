/**
 * Loads @peculiar/x509 when a certificate is to be made, which is once in two years: it is the slowest import of this room.
 * The library's container needs the decorator metadata functions on `Reflect`; reflect-metadata is the polyfill its authors name.
 */
export async function loadX509(): Promise<typeof import('@peculiar/x509')> {
  await import('reflect-metadata');
  return await import('@peculiar/x509');
}
