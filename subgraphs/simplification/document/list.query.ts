import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ListArguments } from '../../../kernel/graphql/lists.ts';
import { forEachParent } from '../../../kernel/postgres/subject.ts';
import type { DocumentKind, DocumentRow, SimplificationDatabase } from '../tables.ts';

type Db = Kysely<SimplificationDatabase>;

/** What a selection of the register is restricted to. */
export interface DocumentFilter {
  network?: string | null | undefined;
  kinds?: readonly DocumentKind[] | null | undefined;
  /** Reported at least so many times. */
  minReports?: number | null | undefined;
}

/** The whole register, or that of a network. */
export type RegisterOf = 'EVERYTHING' | 'NETWORK';

/** One page of each register, by title. */
export async function documentPages(
  db: Db,
  { kind, filter, size, after }: ListArguments<RegisterOf, DocumentFilter>,
  parents: readonly string[],
): Promise<(DocumentRow & { parent: string })[]> {
  const later = after ? sql`(d.title collate "C", d.id) > (${after[0]}, ${after[1]})` : sql`true`;
  const found = await forEachParent(
    parents,
    (parent) => sql<DocumentRow>`
      select d.network_id, d.id, d.title, d.kind, d.reference, d.url from simplification.published_document d
       where ${isListed(kind, parent, filter)} and ${later}
       order by d.title collate "C", d.id limit ${size}`,
  ).execute(db);
  return found.rows;
}

/** How many documents each register has. */
export async function countDocuments(
  db: Db,
  { kind, filter }: Pick<ListArguments<RegisterOf, DocumentFilter>, 'kind' | 'filter'>,
  parents: readonly string[],
): Promise<{ parent: string; count: number }[]> {
  const found = await forEachParent(
    parents,
    (parent) => sql<{ count: number }>`
      select count(*)::int as count from simplification.published_document d where ${isListed(kind, parent, filter)}`,
  ).execute(db);
  return found.rows;
}

function isListed(kind: RegisterOf, parent: RawBuilder<string>, filter: DocumentFilter): RawBuilder<SqlBool> {
  const { network, kinds, minReports } = filter;
  return sql.join(
    [
      kind === 'NETWORK' ? sql<SqlBool>`d.network_id = ${parent}` : sql<SqlBool>`true`,
      ...(network ? [sql<SqlBool>`d.network_id = ${network}`] : []),
      ...(kinds ? [sql<SqlBool>`d.kind = any(${[...kinds]}::text[])`] : []),
      ...(minReports
        ? [
            sql<SqlBool>`(
              select count(*) from simplification.published_report r
               where r.network_id = d.network_id and r.document_id = d.id) >= ${minReports}`,
          ]
        : []),
    ],
    sql` and `,
  );
}

/** How complex users find a document. */
export interface Complexity {
  id: string;
  reports: number;
  last_rewritten_on: string | null;
}

/** What public reports tell of documents. */
export async function complexitiesOf(db: Db, ids: readonly string[]): Promise<Complexity[]> {
  const found = await sql<Complexity>`
    select r.document_id as id, count(*)::int as reports,
           max(r.rewritten_on) filter (where r.status = 'DISSEMINATED') as last_rewritten_on
      from simplification.published_report r
     where r.document_id = any(${[...ids]}::text[]) group by r.document_id`.execute(db);
  return found.rows;
}
