import { type Kysely, sql } from 'kysely';
import type { ListArguments } from '../../../kernel/graphql/lists.ts';
import { forEachParent } from '../../../kernel/postgres/subject.ts';
import type { ReportRow, SimplificationDatabase } from '../tables.ts';
import type { ReportFilter } from './filter.ts';
import { isSelected, type ReportSubject } from './selection.query.ts';

type Db = Kysely<SimplificationDatabase>;

const COLUMNS = sql.raw(
  'r.network_id, r.id, r.document_id, r.structure_id, r.site_id, r.kind, r.reported_by, r.problems, r.status, ' +
    'r.received_on, r.triaged_on, r.rewritten_on, r.tested_on, r.disseminated_on, r.declined_on',
);

/** The published reports among `ids`, in any order. */
export async function reportsById(db: Db, ids: readonly string[]): Promise<ReportRow[]> {
  const found = await sql<ReportRow>`
    select ${COLUMNS} from simplification.published_report r where r.id = any(${[...ids]}::text[])`.execute(
    db,
  );
  return found.rows;
}

/** One page of the reports of each subject, latest received first. */
export async function latestReports(
  db: Db,
  { kind, filter, size, after }: ListArguments<ReportSubject, ReportFilter>,
  parents: readonly string[],
): Promise<(ReportRow & { parent: string })[]> {
  const later = after ? sql`(r.received_on, r.id) < (${after[0]}::date, ${after[1]})` : sql`true`;
  const found = await forEachParent(
    parents,
    (parent) => sql<ReportRow>`
      select ${COLUMNS} from simplification.published_report r
       where ${isSelected(kind, parent, filter)} and ${later}
       order by r.received_on desc, r.id desc limit ${size}`,
  ).execute(db);
  return found.rows;
}

/** How many reports each subject has. */
export async function countReports(
  db: Db,
  { kind, filter }: Pick<ListArguments<ReportSubject, ReportFilter>, 'kind' | 'filter'>,
  parents: readonly string[],
): Promise<{ parent: string; count: number }[]> {
  const found = await forEachParent(
    parents,
    (parent) => sql<{ count: number }>`
      select count(*)::int as count from simplification.published_report r
       where ${isSelected(kind, parent, filter)}`,
  ).execute(db);
  return found.rows;
}
