/** What the promise brings, or the signal's reason where that comes first; the work behind the promise goes on. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: either, resolve, reject } = Promise.withResolvers<T>();
  const aborted = (): void => reject(signal.reason);
  signal.addEventListener('abort', aborted, { once: true });
  promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  return either;
}
