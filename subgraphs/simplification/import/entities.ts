import type { Entity } from '../../../kernel/import/before.ts';

/** Tables that the feeds change in place, as the journal knows them. */
export const document: Entity = {
  name: 'document',
  table: 'simplification.document',
  key: ['network_id', 'id'],
};
export const report: Entity = { name: 'report', table: 'simplification.report', key: ['network_id', 'id'] };
export const testSession: Entity = {
  name: 'test-session',
  table: 'simplification.test_session',
  key: ['id'],
};
