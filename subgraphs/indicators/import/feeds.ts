import type { Feed } from '../../../kernel/import/feed.ts';
import { barometre } from './barometre.merge.ts';
import { indicatorCoreMap } from './indicator-core-map.merge.ts';
import { networkResults } from './network-results.merge.ts';
import { spIndicators } from './sp-indicators.merge.ts';
import { spResults } from './sp-results.merge.ts';

/** Every feed that this subgraph imports. */
export const indicatorsFeeds: readonly Feed[] = [
  spIndicators,
  spResults,
  networkResults,
  barometre,
  indicatorCoreMap,
];
