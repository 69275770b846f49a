import { levels, pino } from 'pino';

/**
 * One JSON line per event on standard error, so that standard output stays free for results.
 * Never pass it a request body, a header, a contact detail or a connection URL.
 */
export const log = pino(
  { level: levelOf(process.env.LOG_LEVEL), base: null, timestamp: pino.stdTimeFunctions.isoTime },
  pino.destination({ dest: 2, sync: true }),
);

/** A wrong level is for `readConfig` to say; until then the usual one holds. */
function levelOf(wanted = ''): string {
  return wanted === 'silent' || wanted in levels.values ? wanted : 'info';
}
