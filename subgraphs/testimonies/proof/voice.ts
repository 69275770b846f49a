import { type ProofKey, placeKind } from '../../../kernel/proof.ts';
import type { TestimoniesContext } from '../context.ts';
import type { DelayRow } from '../statistics/dimension.ts';
import type { Feeling } from '../tables.ts';
import type { TestimonyFilter } from '../testimony/filter.ts';
import { themesOf } from './themes.ts';

/** Between which days of publication; no bound where nothing is said. */
export interface Between {
  from?: string | null | undefined;
  to?: string | null | undefined;
}

/** What users say of a commitment in a scope. */
export interface Voice {
  /** Tags whose testimonies are counted, null for all testimonies. */
  tags: readonly string[] | null;
  feelings: Readonly<Record<Feeling, number>>;
  /** Null when nothing is selected. */
  replies: DelayRow | null;
}

/** Counts of the testimonies that speak of a commitment; null where no theme of the platform does. */
export async function voiceOf(
  key: ProofKey,
  between: Between,
  { loaders }: TestimoniesContext,
): Promise<Voice | null> {
  const themes = themesOf(key.commitment);
  if (themes === null) return null;
  const tags = themes === 'ALL' ? null : themes;
  const kind = placeKind(key.place) ?? 'TERRITORY';
  const filter: TestimonyFilter = {
    network: key.network,
    publishedFrom: between.from,
    publishedTo: between.to,
    tags,
  };
  const [groups, [replies = null]] = await Promise.all([
    loaders.statistics({ kind, filter, groupBy: ['FEELING'], shareOf: 'SELECTION' }).load(key.place),
    loaders.delays({ kind, filter, groupBy: [] }).load(key.place),
  ]);
  const count = (feeling: Feeling) => groups.find(({ values }) => values[0] === feeling)?.count ?? 0;
  const feelings = { POSITIVE: count('POSITIVE'), NEUTRAL: count('NEUTRAL'), NEGATIVE: count('NEGATIVE') };
  return { tags, feelings, replies };
}
