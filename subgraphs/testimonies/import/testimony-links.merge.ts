import { sql } from 'kysely';
import type { Entity } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code } from '../../../kernel/import/columns.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { testimonyNumber } from './open-data.sheet.ts';

const testimonyLink: Entity = {
  name: 'testimony_link',
  table: 'testimonies.testimony_link',
  key: ['testimony_id', 'target_id'],
};

const input = sheet({
  columns: {
    testimony: { ...testimonyNumber, header: ['experience', 'ID expérience'] },
    target: code({
      header: 'cible',
      required: true,
      pattern: /(PLAN|IMPACT)-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'PLAN- or IMPACT- and a code',
    }),
  },
});

const testimony = sql`'TEM-' || s.testimony`;

/** Which plans and impacts came of which testimonies: « vous nous l'avez demandé, on l'a fait ». */
export const testimonyLinks = defineFeed({
  name: 'testimony-links',
  subgraph: 'testimonies',
  description: 'Plans and impacts that testimonies led to: template for headquarters (CSV)',
  input,
  duplicateKey: ['testimony', 'target'],
  scope: () => 'all',
  async check(trx) {
    await reportRows(trx, {
      code: 'UNKNOWN_TESTIMONY',
      severity: 'QUARANTINED',
      column: 'experience',
      message: 'no such testimony',
      sample: sql`s.testimony`,
      where: sql`not exists (select from testimonies.testimony t where t.id = ${testimony})`,
    });
  },
  merge: (trx, { importId }) =>
    keepRows(trx, importId, testimonyLink, { testimony_id: testimony, target_id: sql`s.target` }),
  entities: [testimonyLink],
});
