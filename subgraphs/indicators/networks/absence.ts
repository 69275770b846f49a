import type { ComparedRow } from './networks.query.ts';

/** Why a network has no value in a comparison; null when it has one. */
export function absenceOf(
  row: Pick<ComparedRow, 'known_network' | 'used_indicator' | 'has_other' | 'suppressed' | 'value'>,
): 'UNKNOWN_NETWORK' | 'NOT_COMPARABLE' | 'NOT_PUBLISHED' | 'WITHHELD' | null {
  if (row.value !== null) return null;
  if (!row.known_network) return 'UNKNOWN_NETWORK';
  if (row.used_indicator === null) return row.has_other ? 'NOT_COMPARABLE' : 'NOT_PUBLISHED';
  return row.suppressed === null ? 'NOT_PUBLISHED' : 'WITHHELD';
}
