import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code, date, text } from '../../../kernel/import/columns.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed, type FeedOptions, type ImportTransaction } from '../../../kernel/import/feed.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { publishedColumn, publishedOption, publishedValue } from '../../../kernel/import/published.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import {
  checkIds,
  checkSubject,
  networkColumn,
  placeColumns,
  subjectValues,
  territoryAlone,
  territoryColumn,
} from '../../../kernel/import/subject.ts';
import { planCode } from './action-plans.merge.ts';
import { impact } from './entities.ts';
import { checkPlans } from './plans.ts';

const input = sheet({
  columns: {
    id: code({
      header: 'identifiant',
      required: true,
      pattern: /IMPACT-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'IMPACT- and a code',
    }),
    ...networkColumn,
    ...placeColumns,
    ...territoryColumn,
    title: text({ header: 'titre', required: true, max: 300 }),
    story: text({ header: 'recit', max: 4000 }),
    before_text: text({ header: 'avant', max: 2000 }),
    after_text: text({ header: 'apres', max: 2000 }),
    published_on: date({ header: 'publie_le' }),
    plan: code({ header: 'plan', ...planCode }),
    ...publishedColumn,
  },
  rule: territoryAlone,
});

/** « Vous nous l'avez demandé, on l'a fait »: what changed, before and after, and the plan that it comes from. */
export const impacts = defineFeed({
  name: 'impacts',
  subgraph: 'improvement',
  description: 'What changed because users asked for it: template for headquarters (CSV)',
  input,
  duplicateKey: ['id'],
  options: { ...publishedOption, ...writtenOption },
  scope: () => 'all',
  ...keptFromFiles([impact], async (trx, { options }) => {
    await reportUndated(trx, options);
    await reportFuture(trx, { published_on: 'publie_le' });
    await checkSubject(trx, input.columns);
    await checkIds(trx, impact.table);
    await checkPlans(trx);
  }),
  merge: (trx, { importId, options }) =>
    keepRows(trx, importId, impact, {
      ...subjectValues,
      id: sql`s.id`,
      title: sql`s.title`,
      story: sql`s.story`,
      before_text: sql`s.before_text`,
      after_text: sql`s.after_text`,
      published_on: sql`s.published_on`,
      plan_id: sql`s.plan`,
      published: publishedValue(options),
    }),
});

/** What is published says since when. */
const reportUndated = (trx: ImportTransaction, options: FeedOptions) =>
  reportRows(trx, {
    code: 'REQUIRED',
    severity: 'REJECTED',
    column: 'publie_le',
    message: 'expected the day of publication of what is published',
    sample: sql`''`,
    where: sql`s.published_on is null and ${publishedValue(options)}`,
  });
