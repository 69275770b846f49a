const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** Today where users write and moderators decide, ISO date. */
export const parisDay = (now = new Date()): string => PARIS.format(now);
