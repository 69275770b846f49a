import type { SiteDetail } from './site.ts';

/**
 * What commitment 2 obliges every service to publish for each place of reception: numbers and addresses with
 * what they are for, how to come, when it is open, busy and quiet at the counter and on the phone, mediators.
 */
export const CONTACT_ITEMS = [
  'PHONES',
  'PHONE_PURPOSES',
  'EMAILS',
  'EMAIL_PURPOSES',
  'ADDRESS',
  'DIRECTIONS',
  'COUNTER_HOURS',
  'COUNTER_BUSY_HOURS',
  'COUNTER_QUIET_HOURS',
  'PHONE_HOURS',
  'PHONE_BUSY_HOURS',
  'PHONE_QUIET_HOURS',
  'MEDIATORS',
] as const;
export type ContactItem = (typeof CONTACT_ITEMS)[number];

export interface ContactCompleteness {
  present: ContactItem[];
  missing: ContactItem[];
  /** Part of the items that are there, 0 to 1, three decimals. */
  share: number;
}

/** Which items of the contact duty a site has. No record at all misses everything. */
export function contactCompleteness(detail: SiteDetail | null): ContactCompleteness {
  const present = CONTACT_ITEMS.filter((item) => detail !== null && HAS[item](detail));
  const missing = CONTACT_ITEMS.filter((item) => !present.includes(item));
  return { present, missing, share: Math.round((present.length / CONTACT_ITEMS.length) * 1000) / 1000 };
}

const hours = (channel: 'COUNTER' | 'PHONE', kind: 'OPEN' | 'BUSY' | 'QUIET') => (detail: SiteDetail) =>
  detail.opening.some((period) => period.channel === channel && period.kind === kind);

/** A purpose counts when every contact of the kind has one: « leurs finalités respectives ». */
const purposes = (points: SiteDetail['phones']) =>
  points.length > 0 && points.every(({ purpose }) => purpose !== null && purpose !== '');

const HAS: Record<ContactItem, (detail: SiteDetail) => boolean> = {
  PHONES: ({ phones }) => phones.length > 0,
  PHONE_PURPOSES: ({ phones }) => purposes(phones),
  EMAILS: ({ emails }) => emails.length > 0,
  EMAIL_PURPOSES: ({ emails }) => purposes(emails),
  ADDRESS: ({ address, postalAddress }) => address !== null || postalAddress !== null,
  DIRECTIONS: ({ directions }) => directions !== null && directions !== '',
  COUNTER_HOURS: (detail) => hours('COUNTER', 'OPEN')(detail) || Boolean(detail.openingNote),
  COUNTER_BUSY_HOURS: hours('COUNTER', 'BUSY'),
  COUNTER_QUIET_HOURS: hours('COUNTER', 'QUIET'),
  PHONE_HOURS: hours('PHONE', 'OPEN'),
  PHONE_BUSY_HOURS: hours('PHONE', 'BUSY'),
  PHONE_QUIET_HOURS: hours('PHONE', 'QUIET'),
  MEDIATORS: ({ mediators }) => mediators.length > 0,
};
