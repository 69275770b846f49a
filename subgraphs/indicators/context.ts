import type { Kysely } from 'kysely';
import type { Access } from '../../kernel/graphql/open.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import type { Writing } from '../../kernel/write/writing.ts';
import { changesReader } from './changes/changes.page.ts';
import { comparisonLoaders } from './comparison/comparison.loader.ts';
import { completenessLists, completenessLoaders } from './completeness/completeness.loader.ts';
import { draftReader } from './drafts/draft.reader.ts';
import { equalityLists, equalityLoaders } from './equality/equality.loader.ts';
import { figureLoaders } from './figure/figure.loader.ts';
import { importLists } from './imports/imports.loader.ts';
import { indicatorLists, indicatorLoaders } from './indicator/indicator.loader.ts';
import { networkLists } from './networks/networks.loader.ts';
import { peerLoader } from './peers/peers.loader.ts';
import { procedureLoaders } from './procedure/procedure.loader.ts';
import { rankingLists } from './ranking/ranking.loader.ts';
import { seriesLoaders } from './series/series.loader.ts';
import { statisticsLists } from './statistics/statistics.page.ts';
import { intakeReader } from './survey/intake.reader.ts';
import type { IndicatorsTables } from './tables.ts';
import { transparencyLoaders } from './transparency/transparency.loader.ts';

/** What one request of this subgraph reads through: look-ups are batched, lists are pages of their own. */
export type IndicatorsContext = ReturnType<typeof contextFor>;

/**
 * @param today ISO date: when a result is a year old or not.
 * @param access what is not published, as far as the viewer may reach it
 */
export function contextFor(
  db: Kysely<IndicatorsTables>,
  viewer: Viewer,
  today: string,
  { kept, ...access }: Access<IndicatorsTables>,
) {
  const writing: Writing<IndicatorsTables> = { viewer, ...access };
  return {
    viewer,
    today,
    /** What commands work with. */
    writing,
    drafts: draftReader(access.agent),
    surveyIntake: intakeReader(access.agent),
    changes: changesReader(db),
    loaders: {
      ...indicatorLoaders(db, kept),
      ...figureLoaders(db, kept),
      ...seriesLoaders(db),
      ...comparisonLoaders(db, kept),
      ...completenessLoaders(db, today),
      ...transparencyLoaders(db),
      ...procedureLoaders(db),
      peers: peerLoader(db),
      ...equalityLoaders(db),
    },
    lists: {
      ...indicatorLists(db),
      ...rankingLists(db),
      ...equalityLists(db),
      ...completenessLists(db),
      ...networkLists(db),
      ...importLists(db),
      ...statisticsLists(db),
    },
  };
}
