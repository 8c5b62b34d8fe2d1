import { pino, type Logger } from 'pino';

export type { Logger };

/** One JSON line per event on stderr; results go to stdout. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
}
