/** Not a failure of the network: it must not be. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}
