import { sql } from 'kysely';
import {
  boolean,
  date,
  decimal,
  type ExportColumn,
  id,
  integer,
  text,
  texts,
} from '../../../kernel/export/column.ts';
import {
  booleanFilter,
  choicesFilter,
  dayFilter,
  idFilter,
  idsFilter,
} from '../../../kernel/export/filter.ts';
import { defineExport, type ExportState } from '../../../kernel/export/set.ts';
import { POSITIONS } from '../import/open-data.sheet.ts';
import { FEELINGS, POSTED_AS } from '../tables.ts';
import { selectionOf } from '../testimony/selection.query.ts';
import { concernsOf, told } from './concerns.ts';
import { testimoniesOpenData } from './open-data.layout.ts';

const columns: readonly ExportColumn[] = [
  id('id', 'The testimony.', sql`t.id`),
  text('title', 'Title given by the user.', sql`t.title`),
  text('body', 'What the user tells.', sql`t.body`),
  text('pseudonym', 'Name that the user chose.', sql`t.pseudonym`),
  id('posted_as', '`INDIVIDUAL`, `BUSINESS`, `ASSOCIATION` or `OTHER`.', sql`t.posted_as`),
  id('feeling', '`POSITIVE`, `NEUTRAL` or `NEGATIVE`.', sql`t.feeling`),
  date('written_on', 'Day of writing.', sql`t.written_on`),
  date('published_on', 'Day of publication, after moderation.', sql`t.published_on`),
  id('user_departement', 'Where the user lives: the département.', sql`t.user_departement_id`),
  id('user_region', 'Where the user lives: the région.', sql`t.user_region_id`),
  text('user_country', 'The country, when it is not France.', sql`t.user_country`),
  integer('similar_experiences', 'People who lived a similar experience.', sql`t.similar_experiences`),
  boolean('answered', 'At least one structure has replied.', sql`t.answered`),
  boolean('action_engaged', 'An action was engaged.', sql`t.action_engaged`),
  date('action_engaged_on', 'Day on which it was.', sql`t.action_engaged_on`),
  text('improvement', 'What the user would improve.', sql`t.improvement`),
  texts(
    'tags',
    'The themes that it is sorted under.',
    sql`array(select g.tag_id from testimonies.published_tag g where g.testimony_id = t.id order by g.tag_id)`,
  ),
  texts(
    'procedures',
    'The procedures that it is about, in the words of the user.',
    sql`array(select p.label from testimonies.published_procedure p where p.testimony_id = t.id order by p.label)`,
  ),
  ...POSITIONS.flatMap((n) => [
    id(`network_${n}`, `Network of the structure ${n} that the user named.`, told('network', n)),
    id(`structure_${n}`, 'That structure, or the one that took its reply over.', told('structure', n)),
    id(`site_${n}`, 'The place of reception, where it is known.', told('site', n)),
    text(`channels_${n}`, 'How the user was in contact with it.', told('channels', n)),
    id(`status_${n}`, '`TO_PROCESS`, `PUBLISHED` or `TRANSFERRED`.', told('status', n)),
    text(`reply_${n}`, 'Its published reply.', told('reply', n)),
    date(`first_answered_on_${n}`, 'Day of its first reply.', told('answered', n)),
    decimal(
      `ai_similarity_${n}`,
      'How close its reply is to a draft of an AI, in percent.',
      told('similarity', n),
    ),
  ]),
];

/** A testimony that changes gets new rows of `entry`, with new numbers; votes are counted apart. */
const state = sql<ExportState>`
  select concat_ws('.', (select coalesce(max(i.publication), 0) from testimonies.import i),
                   (select coalesce(max(r.number), 0) from directory.revision r),
                   (select count(*) || '.' || coalesce(sum(e.number), 0) from testimonies.published_entry e),
                   (select coalesce(sum(hashtext(t.id)::bigint * t.similar_experiences), 0)
                      from testimonies.published_testimony t)) as version,
         null::timestamptz as modified`;

/** What users told, with the replies, as published. */
export const testimoniesExport = defineExport({
  name: 'testimonies',
  description: 'Published testimonies with the replies of up to three structures: one row per testimony.',
  filters: {
    network: idFilter('A structure of this network is concerned.'),
    structure: idFilter('This structure, or one below it, is concerned.'),
    site: idFilter('This site is concerned.'),
    territory: idFilter('Territory of the structure or site concerned.'),
    userTerritory: idFilter('Département or région where the user lives.'),
    feelings: choicesFilter('The feeling is one of these:', FEELINGS),
    postedAs: choicesFilter('The author wrote as one of these:', POSTED_AS),
    tags: idsFilter('It bears one of these tags.'),
    channels: idsFilter('The user went through one of these channels.'),
    procedure: idFilter('It is about this procedure, or these words of the user.'),
    answered: booleanFilter('Whether at least one structure concerned has replied.'),
    actionEngaged: booleanFilter('Whether an action was engaged.'),
    publishedFrom: dayFilter('Published on that day or later.'),
    publishedTo: dayFilter('Published on that day or before.'),
    writtenFrom: dayFilter('Written on that day or later.'),
    writtenTo: dayFilter('Written on that day or before.'),
    search: idFilter('Words that the title or the text holds, as in the graph.'),
  },
  networkFilter: 'network',
  columns,
  openData: testimoniesOpenData,
  key: ['id'],
  source: (filter) => {
    const everything = Object.values(filter).every((value) => value === null);
    const { condition } = selectionOf('EVERYTHING', sql`''`, filter);
    return {
      from: sql`testimonies.published_testimony t ${concernsOf}`,
      where: everything
        ? []
        : [sql`t.id in (select e.testimony_id from testimonies.published_entry e where ${condition})`],
    };
  },
  partitions: {
    publishedFrom: sql`date_trunc('month', t.published_on)::date`,
    publishedTo: sql`(date_trunc('month', t.published_on) + interval '1 month')::date - 1`,
  },
  state,
});
