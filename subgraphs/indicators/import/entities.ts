import type { Entity } from '../../../kernel/import/before.ts';

/** Tables of definitions that feeds change in place; before-images undo them. */
export const INDICATOR: Entity = { name: 'indicator', table: 'indicators.indicator', key: ['id'] };
export const DEFINITION: Entity = {
  name: 'definition',
  table: 'indicators.definition',
  key: ['indicator_id', 'version'],
};
export const COMMITMENT_LINK: Entity = {
  name: 'indicator-commitment',
  table: 'indicators.indicator_commitment',
  key: ['indicator_id', 'commitment_id'],
};
