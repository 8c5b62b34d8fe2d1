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

/** A whole sentence. */
export const missing = (message: string): TrackingError => new TrackingError(404, 'RESOURCE_DOES_NOT_EXIST', message);
export const notFound = (what: string): TrackingError => missing(`${what} not found`);
export const alreadyExists = (what: string): TrackingError => new TrackingError(400, 'RESOURCE_ALREADY_EXISTS', `${what} already exists.`);
export const invalid = (message: string): TrackingError => new TrackingError(400, 'INVALID_PARAMETER_VALUE', message);
export const notOffered = (message: string): TrackingError => new TrackingError(404, 'ENDPOINT_NOT_FOUND', message);
