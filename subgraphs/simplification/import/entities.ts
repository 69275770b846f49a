import type { Entity } from '../../../kernel/import/before.ts';

/** Tables that the feeds change in place, as the journal knows them. */
export const document: Entity = {
  name: 'document',
  table: 'simplification.document',
  key: ['network_id', 'id'],
};
export const report: Entity = { name: 'report', table: 'simplification.report', key: ['network_id', 'id'] };
/** A rewriting; its tests belong to it. */
export const rewrite: Entity = {
  name: 'rewrite',
  table: 'simplification.rewrite',
  key: ['network_id', 'report_id', 'number'],
};
export const userTest: Entity = { name: 'user-test', table: 'simplification.user_test', key: ['id'] };
export const testSession: Entity = {
  name: 'test-session',
  table: 'simplification.test_session',
  key: ['id'],
};
