/** What a client is told, in MLflow's own codes. */
export class TrackingError extends Error {
  override readonly name = 'TrackingError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const notFound = (what: string): TrackingError => new TrackingError(404, 'RESOURCE_DOES_NOT_EXIST', `${what} not found`);
export const invalid = (message: string): TrackingError => new TrackingError(400, 'INVALID_PARAMETER_VALUE', message);
