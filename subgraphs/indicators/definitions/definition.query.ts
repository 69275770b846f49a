import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import type { DefinitionTable, IndicatorsTables, IndicatorTable } from '../tables.ts';
import type { Meaning } from './meaning.ts';

/** An indicator with its current definition and the commitments that it proves, as a command finds it. */
export interface Known {
  indicator: Pick<IndicatorTable, 'id' | 'code' | 'network_id' | 'core_indicator_id' | 'comparability'> & {
    revision: number;
  };
  definition: DefinitionTable;
  commitments: string[];
}

/** An indicator of a network (null: of the common core), which no other command changes meanwhile. */
export async function lockedIndicator(
  trx: Kysely<IndicatorsTables>,
  id: string,
  network: string | null,
): Promise<Known | null> {
  const indicator = await trx
    .selectFrom('indicators.indicator')
    .select(['id', 'code', 'network_id', 'core_indicator_id', 'comparability', 'revision'])
    .where('id', '=', id)
    .where('network_id', 'is not distinct from', network)
    .forUpdate()
    .executeTakeFirst();
  if (indicator === undefined) return null;
  const definition = await trx
    .selectFrom('indicators.definition')
    .select(['indicator_id', 'version', 'title', 'user_title', 'question', 'family', 'unit', 'direction'])
    .select(['frequency', 'formula', 'sources', 'methods', 'valid_from'])
    .where('indicator_id', '=', id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const links = await trx
    .selectFrom('indicators.indicator_commitment')
    .select('commitment_id')
    .where('indicator_id', '=', id)
    .orderBy('commitment_id')
    .execute();
  return { indicator, definition, commitments: links.map(({ commitment_id }) => commitment_id) };
}

/** Whether an id or a code is in use, in any of the forms that imports know. */
export async function codeTaken(trx: QueryExecutorProvider, id: string, bare: string): Promise<boolean> {
  const { rows } = await sql`
    select from indicators.indicator where id = ${id} or code in (${id}, ${bare}) limit 1`.execute(trx);
  return rows.length > 0;
}

/** Whether another indicator of the network has this title: an import could not tell them apart. */
export async function titleTaken(
  trx: QueryExecutorProvider,
  { id, network, title }: { id: string; network: string | null; title: string },
): Promise<boolean> {
  const { rows } = await sql`
    select from indicators.indicator i join indicators.definition d on d.indicator_id = i.id
     where i.id <> ${id} and i.network_id is not distinct from ${network}
       and directory.label_key(d.title) = directory.label_key(${title}) limit 1`.execute(trx);
  return rows.length > 0;
}

export async function isCore(trx: QueryExecutorProvider, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from indicators.indicator where id = ${id} and network_id is null and core_indicator_id is null`.execute(
    trx,
  );
  return rows.length > 0;
}

/** Day of the database, by which a new definition holds unless its author says otherwise. */
export async function today(trx: QueryExecutorProvider): Promise<string> {
  const { rows } = await sql<{ today: string }>`select current_date as today`.execute(trx);
  return rows[0]?.today ?? '';
}

/** Writes an indicator, one version of its definition, and its commitments in the place of those there were. */
export async function putIndicator(
  trx: Kysely<IndicatorsTables>,
  { indicator, definition, commitments }: Known,
  importId: string,
): Promise<void> {
  const row = { ...indicator, import_id: importId, import_row: null };
  await trx
    .insertInto('indicators.indicator')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  await trx
    .insertInto('indicators.definition')
    .values(definition)
    .onConflict((conflict) => conflict.columns(['indicator_id', 'version']).doUpdateSet(definition))
    .execute();
  const { id } = indicator;
  await trx.deleteFrom('indicators.indicator_commitment').where('indicator_id', '=', id).execute();
  if (commitments.length === 0) return;
  await trx
    .insertInto('indicators.indicator_commitment')
    .values(commitments.map((commitment_id) => ({ indicator_id: id, commitment_id })))
    .execute();
}

/** What a definition means, without what names it. */
export const meaningIn = ({
  indicator_id: _id,
  version: _version,
  valid_from: _from,
  ...meaning
}: DefinitionTable): Meaning => meaning;
