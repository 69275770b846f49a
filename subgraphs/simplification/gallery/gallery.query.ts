import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ListArguments } from '../../../kernel/graphql/lists.ts';
import { belongsTo, forEachParent, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { BeforeAfterRow } from '../rewrite/tables.ts';
import type { SimplificationDatabase } from '../tables.ts';
import type { GalleryFilter } from './filter.ts';

type Db = Kysely<SimplificationDatabase>;

const COLUMNS = sql.raw(
  'g.network_id, g.id, g.report_id, g.title, g.before, g.after, g.experts, g.written_on, g.published_on, ' +
    'g.document_id, g.structure_id, g.site_id, g.kind, g.problems, g.received_on, g.disseminated_on, g.testers, ' +
    'g.understood, g.completed, g.sentences_before, g.sentences_after, g.vocabulary_before, g.vocabulary_after, ' +
    'g.order_before, g.order_after, g.layout_before, g.layout_after',
);

/** The texts of the gallery among `ids`, in any order. */
export async function beforeAfterById(db: Db, ids: readonly string[]): Promise<BeforeAfterRow[]> {
  const found = await sql<BeforeAfterRow>`
    select ${COLUMNS} from simplification.published_before_after g where g.id = any(${[...ids]}::text[])`.execute(
    db,
  );
  return found.rows;
}

/** One page of the gallery of each subject, latest published first. */
export async function latestBeforeAfter(
  db: Db,
  { kind, filter, size, after }: ListArguments<SubjectKind, GalleryFilter>,
  parents: readonly string[],
): Promise<(BeforeAfterRow & { parent: string })[]> {
  const later = after ? sql`(g.published_on, g.id) < (${after[0]}::date, ${after[1]})` : sql`true`;
  const found = await forEachParent(
    parents,
    (parent) => sql<BeforeAfterRow>`
      select ${COLUMNS} from simplification.published_before_after g
       where ${isShown(kind, parent, filter)} and ${later}
       order by g.published_on desc, g.id desc limit ${size}`,
  ).execute(db);
  return found.rows;
}

/** How many texts the gallery of each subject has. */
export async function countBeforeAfter(
  db: Db,
  { kind, filter }: Pick<ListArguments<SubjectKind, GalleryFilter>, 'kind' | 'filter'>,
  parents: readonly string[],
): Promise<{ parent: string; count: number }[]> {
  const found = await forEachParent(
    parents,
    (parent) => sql<{ count: number }>`
      select count(*)::int as count from simplification.published_before_after g
       where ${isShown(kind, parent, filter)}`,
  ).execute(db);
  return found.rows;
}

function isShown(kind: SubjectKind, parent: RawBuilder<string>, filter: GalleryFilter): RawBuilder<SqlBool> {
  const given = <T>(value: T | null | undefined, condition: (value: T) => RawBuilder<SqlBool>) =>
    value === null || value === undefined ? [] : [condition(value)];
  const of = (subject: SubjectKind, id: string | null | undefined) =>
    given(id, (value) => belongsTo(subject, 'g', sql`${value}::text`));
  const conditions = [
    belongsTo(kind, 'g', parent),
    ...of('NETWORK', filter.network),
    ...of('STRUCTURE', filter.structure),
    ...of('SITE', filter.site),
    ...of('TERRITORY', filter.territory),
    ...given(filter.kinds, (list) => sql<SqlBool>`g.kind = any(${[...list]}::text[])`),
    ...given(filter.problems, (list) => sql<SqlBool>`g.problems && ${[...list]}::text[]`),
    ...given(filter.publishedFrom, (day) => sql<SqlBool>`g.published_on >= ${day}::date`),
    ...given(filter.publishedTo, (day) => sql<SqlBool>`g.published_on <= ${day}::date`),
  ];
  return sql.join(conditions, sql` and `);
}
