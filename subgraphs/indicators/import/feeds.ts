import type { Feed } from '../../../kernel/import/feed.ts';
import { barometre } from './barometre.merge.ts';
import { indicatorCoreMap } from './indicator-core-map.merge.ts';
import { jdmaServices } from './jdma-services.merge.ts';
import { jdmaStatistics } from './jdma-statistics.merge.ts';
import { networkResults } from './network-results.merge.ts';
import { spIndicators } from './sp-indicators.merge.ts';
import { spResults } from './sp-results.merge.ts';
import { surveyAnswers } from './survey-answers.merge.ts';

/** Every feed that this subgraph imports. */
export const indicatorsFeeds: readonly Feed[] = [
  spIndicators,
  spResults,
  networkResults,
  surveyAnswers,
  jdmaServices,
  jdmaStatistics,
  barometre,
  indicatorCoreMap,
];
