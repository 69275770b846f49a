import type { Kysely } from 'kysely';
import { listLoader, loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import { type HighlightedText, highlightsOf } from '../highlight/highlight.query.ts';
import type { SignalArguments } from '../signal/signal.ts';
import { weakSignals } from '../signal/weak-signals.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type FacetArguments, facetsOf } from './facet.query.ts';

/** What one request reads beside the testimonies that it finds: facets, highlights, weak signals. */
export function findingReaders(db: Kysely<TestimoniesDatabase>) {
  return {
    facets: loaderPerArguments((args: FacetArguments) =>
      listLoader(
        (parents: readonly string[]) => facetsOf(db, args, parents),
        (parent) => parent,
        (row) => row.parent,
      ),
    ),
    highlights: loaderPerArguments((search: string) =>
      rowLoader(
        (texts: readonly HighlightedText[]) => highlightsOf(db, search, texts),
        ({ id }) => id,
        ({ id }) => id,
      ),
    ),
    signals: (args: SignalArguments, most: number) => weakSignals(db, args, most),
  };
}
