const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });

/** Whether advice is to be reviewed: its day has come in Paris, or nobody knows it. */
export const isReviewDue = (reviewBy: string | null, now = new Date()): boolean =>
  reviewBy === null || reviewBy <= PARIS.format(now);
