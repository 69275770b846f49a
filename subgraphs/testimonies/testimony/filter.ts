import type { Feeling, PostedAs } from '../tables.ts';

/** What a selection of testimonies is restricted to; an absent or null property restricts nothing. */
export interface TestimonyFilter {
  search?: string | null | undefined;
  network?: string | null | undefined;
  structure?: string | null | undefined;
  site?: string | null | undefined;
  territory?: string | null | undefined;
  userTerritory?: string | null | undefined;
  feelings?: readonly Feeling[] | null | undefined;
  postedAs?: readonly PostedAs[] | null | undefined;
  tags?: readonly string[] | null | undefined;
  channels?: readonly string[] | null | undefined;
  procedure?: string | null | undefined;
  answered?: boolean | null | undefined;
  actionEngaged?: boolean | null | undefined;
  publishedFrom?: string | null | undefined;
  publishedTo?: string | null | undefined;
  writtenFrom?: string | null | undefined;
  writtenTo?: string | null | undefined;
}
