/** Days of the demonstration set: the two years before it is made. */
export const DEMO_DAYS = 730;

/** The ISO day so many days after another; before it when negative. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + Math.round(days) * 86_400_000).toISOString().slice(0, 10);
}
