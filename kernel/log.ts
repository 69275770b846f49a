import { pino } from 'pino';

/**
 * One JSON line per event on standard error, so that standard output stays free for results.
 * Never pass it a request body, a header, a contact detail or a connection URL.
 */
export const log = pino(
  { level: process.env.LOG_LEVEL ?? 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime },
  pino.destination({ dest: 2, sync: true }),
);
