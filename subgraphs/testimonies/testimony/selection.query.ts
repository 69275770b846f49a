import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { belongsTo, COUNTRY, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { TestimonyFilter } from './filter.ts';

type Condition = RawBuilder<SqlBool>;

/**
 * Conditions on rows of `published_entry` (alias `e`), one per structure concerned by a testimony. A testimony is
 * selected when one of its rows holds them all.
 */
export interface Selection {
  condition: Condition;
  /** Some condition is about the structures: several rows of a testimony may hold it, or none but the third. Where it
   * is not, `e.is_first` leaves one row of each testimony. */
  aboutStructures: boolean;
  /** Words are looked for: rows come by the index of words, not by their date. */
  searched: boolean;
}

/** What testimonies are about: a subject, by its id. */
interface Subject {
  kind: SubjectKind;
  id: RawBuilder<string>;
}

/** The testimonies of a subject that a filter lets through. */
export function selectionOf(
  kind: SubjectKind,
  parent: RawBuilder<string>,
  filter: TestimonyFilter,
): Selection {
  const searched = given(filter.search);
  const subjects = [...subjectsOf(filter), { kind, id: parent }].filter((one) => one.kind !== 'EVERYTHING');
  const narrower = subjects.filter((subject) => !isCountry(subject));
  const structures = narrower.map((subject) => standsAt(subject, searched));
  if (filter.channels) structures.push(sql`e.channels && ${[...filter.channels]}::text[]`);
  const ofTestimony = testimonyConditions(filter);
  // Every place is somewhere in the country: none needs to be looked up. It holds for all rows of a testimony or none.
  if (narrower.length < subjects.length) ofTestimony.push(sql`e.place is not null`);
  return {
    condition: allOf([...ofTestimony, ...structures]),
    aboutStructures: structures.length > 0,
    searched,
  };
}

const isCountry = ({ kind, id }: Subject): boolean => kind === 'TERRITORY' && id === COUNTRY;

/**
 * The row is about a subject. Places are few: which of them are the subject's is found once, then rows are told by the
 * number of their place. A network has its rows in their order.
 */
function standsAt({ kind, id }: Subject, searched: boolean): Condition {
  if (kind === 'NETWORK') return belongsTo(kind, 'e', id);
  const places = sql`select p.id from testimonies.published_place p where ${belongsTo(kind, 'p', id)}`;
  // As an array, the index of places is read once beside the one of words: joined, words would be asked anew for each
  // place, or fetched wherever they are told. Without a search a territory, which may have thousands, is better joined.
  return kind === 'TERRITORY' && !searched
    ? sql`e.place in (${places})`
    : sql`e.place = any(array(${places}))`;
}

/** All conditions hold; true where there is none. */
export const allOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);

const given = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

function testimonyConditions(filter: TestimonyFilter): Condition[] {
  const on = <T>(value: T | null | undefined, condition: (value: T) => Condition): Condition[] =>
    given(value) ? [condition(value)] : [];
  return [
    ...on(
      filter.search,
      // Selected, so that it is made once: a prepared plan would make it anew for every row.
      (text) => sql`testimonies.words_told(e.testimony_id) @@ (select testimonies.search_query(${text}))`,
    ),
    ...on(filter.feelings, (list) => sql`e.feeling = any(${[...list]}::text[])`),
    ...on(filter.postedAs, (list) => sql`e.posted_as = any(${[...list]}::text[])`),
    ...on(filter.answered, (is) => sql`e.answered = ${is}`),
    ...on(filter.actionEngaged, (is) => sql`e.action_engaged = ${is}`),
    ...on(filter.publishedFrom, (day) => sql`e.published_on >= ${day}::date`),
    ...on(filter.publishedTo, (day) => sql`e.published_on <= ${day}::date`),
    ...on(filter.writtenFrom, (day) => sql`e.written_on >= ${day}::date`),
    ...on(filter.writtenTo, (day) => sql`e.written_on <= ${day}::date`),
    ...on(
      filter.userTerritory,
      (id) => sql`(${id} = 'FR' or ${id} in (e.user_departement_id, e.user_region_id))`,
    ),
    ...on(filter.tags, (ids) => sql`e.tags && ${[...ids]}::text[]`),
    ...on(filter.procedure, (id) => sql`e.procedures @> array[${id}::text]`),
  ];
}

/** The subjects that a filter names. */
function subjectsOf({ network, structure, site, territory }: TestimonyFilter): Subject[] {
  const named = [
    ['NETWORK', network],
    ['STRUCTURE', structure],
    ['SITE', site],
    ['TERRITORY', territory],
  ] as const;
  return named.flatMap(([kind, id]) =>
    given(id) ? [{ kind, id: kind === 'TERRITORY' && id === 'FR' ? COUNTRY : sql<string>`${id}::text` }] : [],
  );
}
