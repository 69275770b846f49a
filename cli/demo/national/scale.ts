import { DEMO_YEARS } from '../catalogue.ts';

/** How large a national set is. Everything else follows from these three. */
export interface Scale {
  /** Sites that publish in an ordinary year. */
  sites: number;
  /** The last ones of the demonstration set, the oldest first. */
  years: readonly number[];
  testimonies: number;
  reports: number;
}

/** The country: 60 000 sites × 12 indicators × 8 years, a million testimonies, 200 000 reports of documents. */
const COUNTRY = { sites: 60_000, testimonies: 1_000_000, reports: 200_000 };

/** Bytes on disk of a publishing site with all that comes with it in eight years, measured; see docs/operations.md. */
const BYTES_PER_SITE = 250_000;

/** A set of that size, testimonies and reports in proportion. */
export function scaleOf(sites: number = COUNTRY.sites, years: number = DEMO_YEARS.length): Scale {
  const share = sites / COUNTRY.sites;
  return {
    sites,
    years: DEMO_YEARS.slice(-years),
    testimonies: Math.round(COUNTRY.testimonies * share),
    reports: Math.round(COUNTRY.reports * share),
  };
}

/** Beginning of the names of its files in the journal: one size is not taken for another. */
export const nameOf = ({ sites, years }: Scale): string => `${PREFIX}${sites}x${years.length}-`;
export const PREFIX = 'demonstration-nationale-';

/** Disk that it needs, write-ahead log included, in GB. */
export const diskOf = ({ sites }: Scale): string =>
  Math.max(1, Math.ceil((sites * BYTES_PER_SITE) / 1e9)).toString();
