import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { SimplificationDatabase } from '../tables.ts';
import type { ReportFilter } from './filter.ts';
import { isSelected } from './selection.query.ts';
import { WORK_COLUMNS, type WorkRow } from './work.query.ts';

/** Reports with the territory where they stand, as the published view has it. */
const PLACED = sql`(
  select r.*, coalesce(site.commune_id, s.commune_id) as commune_id,
         coalesce(site.departement_id, s.departement_id) as departement_id,
         coalesce(site.region_id, s.region_id) as region_id
    from simplification.report r
    left join directory.structure s on s.id = r.structure_id
    left join directory.site site on site.id = r.site_id) r`;

/** The reports that the viewer may see, published or not, oldest first, after the day and the id of `after`. */
export async function queuedReports(
  agent: Agent<SimplificationDatabase>,
  { filter, size, after }: { filter: ReportFilter; size: number; after: readonly (string | null)[] | null },
): Promise<WorkRow[]> {
  const { rows } = await agent((trx) =>
    sql<WorkRow>`
      select ${WORK_COLUMNS} from ${PLACED} where ${isSelected('EVERYTHING', sql`''`, filter)} and ${younger(after)}
       order by r.received_on, r.id limit ${size}`.execute(trx),
  );
  return rows;
}

/** How many these are. */
export async function countQueued(
  agent: Agent<SimplificationDatabase>,
  filter: ReportFilter,
): Promise<number> {
  const { rows } = await agent((trx) =>
    sql<{ count: number }>`
      select count(*)::int as count from ${PLACED} where ${isSelected('EVERYTHING', sql`''`, filter)}`.execute(
      trx,
    ),
  );
  return rows[0]?.count ?? 0;
}

const younger = (key: readonly (string | null)[] | null): RawBuilder<SqlBool> =>
  key === null ? sql`true` : sql`(r.received_on, r.id) > (${key[0]}::date, ${key[1]})`;
