import type { Entity } from '../../../kernel/import/before.ts';

/** Tables that an import of testimonies changes, as the journal knows them; referenced tables first. */
export const TESTIMONY: Entity = { name: 'testimony', table: 'testimonies.testimony', key: ['id'] };
export const CONCERN: Entity = {
  name: 'concern',
  table: 'testimonies.concern',
  key: ['testimony_id', 'position'],
};
export const REPLY: Entity = { name: 'reply', table: 'testimonies.reply', key: ['testimony_id', 'position'] };
export const ENGAGED: Entity = {
  name: 'engaged_action',
  table: 'testimonies.engaged_action',
  key: ['testimony_id', 'position'],
};
export const UNPLACED: Entity = {
  name: 'unplaced_concern',
  table: 'testimonies.unplaced_concern',
  key: ['testimony_id', 'position'],
};
export const TESTIMONY_TAG: Entity = {
  name: 'testimony_tag',
  table: 'testimonies.testimony_tag',
  key: ['testimony_id', 'tag_id'],
};
export const TESTIMONY_PROCEDURE: Entity = {
  name: 'testimony_procedure',
  table: 'testimonies.testimony_procedure',
  key: ['testimony_id', 'label'],
};

/** What hangs on a testimony and goes with it. */
export const PARTS = [CONCERN, REPLY, ENGAGED, UNPLACED, TESTIMONY_TAG, TESTIMONY_PROCEDURE] as const;
