import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { belongsTo, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { TestimonyFilter } from './filter.ts';

/** Conditions on a published testimony (alias `t`) and on the structures that it concerns (alias `c`). */
export interface Selection {
  testimony: RawBuilder<SqlBool>;
  /** True for every concern that counts; null when no condition is about the structures. */
  concern: RawBuilder<SqlBool> | null;
  /** Few testimonies are concerned: better found by their structure or site than by their date. */
  narrow: boolean;
}

type Condition = RawBuilder<SqlBool>;

/** The testimonies of a subject that a filter lets through. */
export function selectionOf(
  kind: SubjectKind,
  parent: RawBuilder<string>,
  filter: TestimonyFilter,
): Selection {
  const concern = concernConditions(filter);
  if (kind !== 'EVERYTHING') concern.push(belongsTo(kind, 'c', parent));
  return {
    testimony: all(testimonyConditions(filter)),
    concern: concern.length === 0 ? null : all(concern),
    narrow: kind === 'SITE' || kind === 'STRUCTURE' || Boolean(filter.site ?? filter.structure),
  };
}

/** The same selection as one condition on `t`: some structure concerned counts. */
export function isSelected({ testimony, concern, narrow }: Selection): Condition {
  if (concern === null) return testimony;
  const concerned = sql`from testimonies.published_concern c where ${concern}`;
  return narrow
    ? sql`${testimony} and t.id = any(array(select c.testimony_id ${concerned}))`
    : sql`${testimony} and exists (select ${concerned} and c.testimony_id = t.id)`;
}

/** The condition on `t` where `c` is joined and holds its own: what is few is found first. */
export const whereSelected = (selection: Selection): Condition =>
  selection.narrow ? isSelected(selection) : selection.testimony;

function testimonyConditions(filter: TestimonyFilter): Condition[] {
  const given = <T>(value: T | null | undefined, condition: (value: T) => Condition): Condition[] =>
    value === null || value === undefined ? [] : [condition(value)];
  return [
    ...given(filter.search, (text) => sql`t.search @@ testimonies.search_query(${text})`),
    ...given(filter.feelings, (list) => sql`t.feeling = any(${[...list]}::text[])`),
    ...given(filter.postedAs, (list) => sql`t.posted_as = any(${[...list]}::text[])`),
    ...given(filter.answered, (is) => sql`t.answered = ${is}`),
    ...given(filter.actionEngaged, (is) => sql`t.action_engaged = ${is}`),
    ...given(filter.publishedFrom, (day) => sql`t.published_on >= ${day}::date`),
    ...given(filter.publishedTo, (day) => sql`t.published_on <= ${day}::date`),
    ...given(filter.writtenFrom, (day) => sql`t.written_on >= ${day}::date`),
    ...given(filter.writtenTo, (day) => sql`t.written_on <= ${day}::date`),
    ...given(
      filter.userTerritory,
      (id) => sql`(${id} = 'FR' or ${id} in (t.user_departement_id, t.user_region_id))`,
    ),
    ...given(
      filter.tags,
      (ids) => sql`exists (select from testimonies.published_tag g
                            where g.testimony_id = t.id and g.tag_id = any(${[...ids]}::text[]))`,
    ),
    ...given(
      filter.procedure,
      (id) => sql`exists (select from testimonies.published_procedure p
                           where p.testimony_id = t.id and p.procedure_id = ${id})`,
    ),
  ];
}

function concernConditions({ network, structure, site, territory, channels }: TestimonyFilter): Condition[] {
  const subjects = [
    ['NETWORK', network],
    ['STRUCTURE', structure],
    ['SITE', site],
    ['TERRITORY', territory],
  ] as const;
  const conditions = subjects.flatMap(([kind, id]) =>
    id === null || id === undefined ? [] : [belongsTo(kind, 'c', sql`${id}::text`)],
  );
  if (channels) conditions.push(sql`c.channels && ${[...channels]}::text[]`);
  return conditions;
}

const all = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
