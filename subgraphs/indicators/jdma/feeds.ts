import type { Entity } from '../../../kernel/import/before.ts';

/** What the journal calls files of « Je donne mon avis ». */
export const JDMA_SERVICES = 'jdma-services';
export const JDMA_STATISTICS = 'jdma-statistics';
export const JDMA_FEEDS: readonly string[] = [JDMA_SERVICES, JDMA_STATISTICS];

export const JDMA_SERVICE: Entity = {
  name: 'jdma-service',
  table: 'indicators.jdma_service',
  key: ['service_id'],
};
export const JDMA_COUNT: Entity = {
  name: 'jdma-count',
  table: 'indicators.jdma_count',
  key: ['service_id', 'form_id', 'starts_on', 'ends_on'],
};
