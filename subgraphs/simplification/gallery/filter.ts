import type { DocumentKind, Problem } from '../tables.ts';

/** What a selection of the gallery is restricted to; an absent or null property restricts nothing. */
export interface GalleryFilter {
  network?: string | null | undefined;
  structure?: string | null | undefined;
  site?: string | null | undefined;
  territory?: string | null | undefined;
  kinds?: readonly DocumentKind[] | null | undefined;
  problems?: readonly Problem[] | null | undefined;
  publishedFrom?: string | null | undefined;
  publishedTo?: string | null | undefined;
}
