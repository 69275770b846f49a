import { type RawBuilder, sql } from 'kysely';
import type { ExportColumn } from '../../../kernel/export/column.ts';
import type { OpenDataLayout } from '../../../kernel/export/set.ts';
import { TAGS } from '../import/open-data.columns.ts';
import { POSITIONS, testimoniesSheet } from '../import/open-data.sheet.ts';
import type { Feeling, PostedAs, ReplyStatus } from '../tables.ts';
import { told } from './concerns.ts';

const FEELINGS: Record<Feeling, string> = { POSITIVE: 'Positif', NEUTRAL: 'Neutre', NEGATIVE: 'Négatif' };
const POSTED: Record<PostedAs, string> = {
  INDIVIDUAL: 'Particulier',
  BUSINESS: 'Entreprise',
  ASSOCIATION: 'Association',
  OTHER: 'Autre',
};
const STATUSES: Record<ReplyStatus, string> = {
  PUBLISHED: 'Réponse publiée',
  TO_PROCESS: 'À traiter',
  TRANSFERRED: 'Transférée',
};

/** The word of the platform for a value of the graph. */
const worded = (value: RawBuilder<unknown>, words: Readonly<Record<string, string>>) => sql`
  case ${value} ${sql.join(
    Object.entries(words).map(([key, word]) => sql`when ${sql.lit(key)} then ${sql.lit(word)}`),
    sql` `,
  )} end`;

type Cell = [type: ExportColumn['type'], value: RawBuilder<unknown>];

const nameOf = (territory: string): Cell => [
  'text',
  sql`(select d.name from directory.territory d where d.id = ${sql.ref(territory)})`,
];

const cells: Readonly<Record<string, Cell>> = {
  id: ['id', sql`substr(t.id, ${sql.lit('TEM-'.length + 1)})`],
  state: ['id', sql`'Publiée'`],
  written_on: ['date', sql`t.written_on`],
  published_on: ['date', sql`t.published_on`],
  title: ['text', sql`t.title`],
  body: ['text', sql`t.body`],
  posted_as: ['id', worded(sql`t.posted_as`, POSTED)],
  feeling: ['id', worded(sql`t.feeling`, FEELINGS)],
  pseudonym: ['text', sql`t.pseudonym`],
  procedures: [
    'text',
    sql`(select string_agg(p.label, ' | ' order by p.label) from testimonies.published_procedure p
          where p.testimony_id = t.id)`,
  ],
  user_region: nameOf('t.user_region_id'),
  user_departement: nameOf('t.user_departement_id'),
  country: ['text', sql`t.user_country`],
  ...Object.fromEntries(
    POSITIONS.flatMap((n): [string, Cell][] => [
      [`typology_${n}`, ['text', told('typology', n)]],
      [`channels_${n}`, ['text', sql`replace(${told('channels', n)}, ' | ', ', ')`]],
      [`structure_${n}`, ['text', told('structure_name', n)]],
      [`status_${n}`, ['id', worded(told('status', n), STATUSES)]],
      [`reply_${n}`, ['text', told('reply', n)]],
      [`similarity_${n}`, ['decimal', told('similarity', n)]],
      [`code_${n}`, ['id', told('structure_code', n)]],
      [`site_${n}`, ['id', told('site', n)]],
    ]),
  ),
  // The first reply of any structure: the platform has one day for all.
  first_answered_on: [
    'date',
    sql`(select min(p.first_answered_on) from testimonies.published_reply p where p.testimony_id = t.id)`,
  ],
  action: ['id', sql`case when t.action_engaged then 'Oui' else 'Non' end`],
  action_on: ['date', sql`t.action_engaged_on`],
  similar: ['integer', sql`t.similar_experiences`],
  improvement: ['text', sql`t.improvement`],
  ...Object.fromEntries(
    TAGS.map(({ column, id }): [string, Cell] => [
      column,
      [
        'text',
        sql`(select coalesce(g.detail, 'Oui') from testimonies.published_tag g
              where g.testimony_id = t.id and g.tag_id = ${sql.lit(id)})`,
      ],
    ]),
  ),
};

/** The open-data export of testimonies, which its feed reads back. Reasons of rejections are never in it. */
export const testimoniesOpenData: OpenDataLayout = {
  description: 'The columns of the open-data export of the platform, read back by the feed `testimonies`.',
  columns: Object.entries(testimoniesSheet.columns).map(([name, { header }]) => {
    const [type, value] = cells[name] ?? ['text', sql`null::text`];
    const title = header[0] ?? name;
    return { name: title, type, description: `« ${title} », as the platform writes it.`, sql: value };
  }),
  joins: sql``,
  where: [],
};
