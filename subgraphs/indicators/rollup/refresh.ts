import { createHash, randomUUID } from 'node:crypto';
import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import { finishEntry, nextPublication, startEntry } from '../../../kernel/import/entries.ts';
import { lockTransaction, publicationLock } from '../../../kernel/import/locks.ts';
import { connect } from '../../../kernel/postgres/database.ts';
import type { IndicatorsTables } from '../tables.ts';
import { rollUp } from './roll-up.ts';

export interface RefreshOptions {
  /** Respondents under which a rate is withheld; without it the threshold in force stays. */
  suppressionThreshold?: number;
}

/**
 * Brings figures up to the directory's latest revision, and to a new threshold: networks whose sites,
 * structures or validity changed are recomputed, in one transaction. Costs one statement when nothing changed.
 */
export async function refreshIndicators(databaseUrl: string, options: RefreshOptions = {}): Promise<void> {
  const db = connect<IndicatorsTables>(databaseUrl, 'indicators', 'owner', { max: 1 });
  try {
    if (await isCurrent(db, options)) return;
    await db.transaction().execute(async (trx) => {
      await lockTransaction(trx, publicationLock('indicators'));
      const { rows } = await sql<{ revision: string; everything: boolean }>`
        select (select coalesce(max(number), 0) from directory.revision) as revision,
               s.suppression_threshold <> coalesce(${options.suppressionThreshold ?? null}, s.suppression_threshold)
                 or exists (select from directory.change c where c.revision > s.revision and c.entity = 'TERRITORY')
                 as everything
          from indicators.directory_state s`.execute(trx);
      const { revision = '0', everything = false } = rows[0] ?? {};
      const networks = await touchedNetworks(trx, everything);
      await sql`
        update indicators.directory_state set revision = ${revision}::bigint,
          suppression_threshold = coalesce(${options.suppressionThreshold ?? null}, suppression_threshold)
      `.execute(trx);
      for (const network of networks) await rollUp(trx, groupsOf(network));
      await journal(trx, revision);
    });
  } finally {
    await db.destroy();
  }
}

async function isCurrent(db: Kysely<IndicatorsTables>, options: RefreshOptions): Promise<boolean> {
  const state = await db
    .selectFrom('indicators.directory_state as s')
    .select((row) => [
      's.suppression_threshold',
      row
        .exists(
          row
            .selectFrom('directory.revision as r')
            .select('r.number')
            .whereRef('r.number', '>', 's.revision'),
        )
        .as('behind'),
    ])
    .executeTakeFirstOrThrow();
  const { suppressionThreshold = state.suppression_threshold } = options;
  return !state.behind && suppressionThreshold === state.suppression_threshold;
}

/** Networks with results that a change concerns; a network also lives on the sites of its successors. */
async function touchedNetworks(trx: QueryExecutorProvider, everything: boolean): Promise<string[]> {
  const { rows } = await sql<{ network_id: string }>`
    with recursive changed (id) as (
      select unnest(array[c.old_network_id, c.new_network_id, case c.entity when 'NETWORK' then c.id end])
        from directory.change c, indicators.directory_state s where c.revision > s.revision
      union
      select n.id from changed join directory.network n on n.successor_id = changed.id
    ), publishing as (
      select distinct network_id from indicators.figure
    )
    select network_id from publishing where ${everything} or network_id in (select id from changed)
     order by network_id`.execute(trx);
  return rows.map((row) => row.network_id);
}

/**
 * A value that appeared or that is withheld from now on is a change for those who follow results: it gets a number
 * of its own. Most refreshes change figures only, and none is needed.
 */
async function journal(trx: QueryExecutorProvider, revision: string): Promise<void> {
  const publication = await nextPublication(trx);
  const { rows } = await sql`
    select from indicators.result where changed_in = ${publication}::bigint limit 1`.execute(trx);
  if (rows.length === 0) return;
  const id = randomUUID();
  await startEntry(trx, {
    id,
    kind: 'REFRESH',
    feed: 'directory-refresh',
    scope: 'all',
    fileName: `revision ${revision} of the directory`,
    sha256: createHash('sha256').update(revision).digest('hex'),
    bytes: 0,
    options: {},
    source: null,
    licence: null,
    publishedOn: null,
  });
  await finishEntry(trx, id, 'PUBLISHED', null, { publication });
}

const groupsOf = (network: string) => sql`
  select network_id, indicator_id, definition_version, period_grain, period_start, period_end
    from indicators.result where network_id = ${network} and publication_to is null`;
