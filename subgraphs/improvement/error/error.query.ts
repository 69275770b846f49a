import { type Kysely, sql } from 'kysely';
import { forEachParent } from '../../../kernel/postgres/subject.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { FREQUENT_ERRORS, type FrequentErrorRow } from './error.kind.ts';

const COLUMNS = ['id', 'network_id', 'structure_id', 'site_id', 'territory_id', 'version', 'publication'];

/** The published errors of each procedure, the most frequent first: by rank, then by share of cases. */
export async function mostFrequentErrors(
  db: Kysely<ImprovementDatabase>,
  procedures: readonly string[],
  size: number,
): Promise<(FrequentErrorRow & { parent: string })[]> {
  const columns = sql.join([...COLUMNS, ...FREQUENT_ERRORS.columns].map((name) => sql.ref(`f.${name}`)));
  const { rows } = await forEachParent(
    procedures,
    (procedure) => sql<FrequentErrorRow>`
      select ${columns} from improvement.published_frequent_error f where f.procedure_id = ${procedure}
       order by f.rank nulls last, f.occurrences::numeric / f.cases desc nulls last, f.id limit ${size}`,
  ).execute(db);
  return rows;
}
