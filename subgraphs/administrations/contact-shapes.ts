/** Shapes of the JSON columns of `site_detail` and `site_contact`. */
/** A type rather than an interface, so that it can be staged as JSON. */
export type Address = {
  lines: string[];
  postalCode: string | null;
  city: string | null;
  country: string | null;
};

/** A phone number, e-mail or website with what it is for (null when the source does not say). */
export interface ContactPoint {
  value: string;
  purpose: string | null;
}

/** Days from Monday = 1 to Sunday = 7; hours `HH:MM`, null when only a comment is known. */
export interface OpeningPeriodRow {
  channel: 'COUNTER' | 'PHONE';
  kind: 'OPEN' | 'BUSY' | 'QUIET';
  days: number[];
  opens: string | null;
  closes: string | null;
  comment: string | null;
}

export interface MediatorRow {
  name: string;
  role: string | null;
  phone: string | null;
  email: string | null;
  website: string | null;
}

export interface SupportOfferRow {
  kind: 'ACCOMPANIMENT' | 'DIGITAL' | 'LANGUAGE' | 'ITINERANT' | 'URGENT' | 'RIGHTS';
  description: string;
  /** ISO 639-1 codes. */
  languages: string[];
}
