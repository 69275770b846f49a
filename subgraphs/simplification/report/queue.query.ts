import { type RawBuilder, type SqlBool, sql } from 'kysely';
import {
  decodeCursor,
  encodeCursor,
  foreignCursor,
  type Page,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import { isDayAndId } from '../../../kernel/graphql/lists.ts';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { SimplificationDatabase } from '../tables.ts';
import type { ReportFilter } from './filter.ts';
import { isSelected } from './selection.query.ts';
import { WORK_COLUMNS, type WorkRow } from './work.query.ts';

/** What the queue is asked with. */
export interface QueueArguments {
  filter: ReportFilter;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** Reports with the territory where they stand, as the published view has it. */
const PLACED = sql`(
  select r.*, coalesce(site.commune_id, s.commune_id) as commune_id,
         coalesce(site.departement_id, s.departement_id) as departement_id,
         coalesce(site.region_id, s.region_id) as region_id
    from simplification.report r
    left join directory.structure s on s.id = r.structure_id
    left join directory.site site on site.id = r.site_id) r`;

/**
 * A page of the reports that the viewer may see, published or not, oldest first: those that wait for their
 * examination, unless the filter names states.
 *
 * @throws HubError BAD_USER_INPUT for `first` or `after`
 */
export async function queueOf(
  agent: Agent<SimplificationDatabase>,
  { filter, first, after }: QueueArguments,
): Promise<Page<WorkRow>> {
  const asked: ReportFilter = { ...filter, status: filter.status ?? ['RECEIVED'] };
  const list = JSON.stringify(['reportsToTriage', asked]);
  const size = pageSize(first);
  const key = decodeCursor(list, after);
  if (key !== null && !isDayAndId(key)) throw foreignCursor();
  const selected = isSelected('EVERYTHING', sql`''`, asked);
  const { rows } = await agent((trx) =>
    sql<WorkRow>`
      select ${WORK_COLUMNS} from ${PLACED} where ${selected} and ${younger(key)}
       order by r.received_on, r.id limit ${size + 1}`.execute(trx),
  );
  const count = async () => {
    const counted = await agent((trx) =>
      sql<{ count: number }>`select count(*)::int as count from ${PLACED} where ${selected}`.execute(trx),
    );
    return counted.rows[0]?.count ?? 0;
  };
  return toPage(rows, size, after, ({ received_on, id }) => encodeCursor(list, [received_on, id]), count);
}

const younger = (key: readonly (string | null)[] | null): RawBuilder<SqlBool> =>
  key === null ? sql`true` : sql`(r.received_on, r.id) > (${key[0]}::date, ${key[1]})`;
