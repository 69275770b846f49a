import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import type { MergeReport } from '../../../kernel/import/feed.ts';
import { quotient } from '../rollup/exact.ts';
import { rollUp } from '../rollup/roll-up.ts';

/** Columns that name one result, in `result` and in the tables of a publication. */
const IDENTITY = [
  'network_id',
  'indicator_id',
  'definition_version',
  'subject_id',
  'period_grain',
  'period_start',
] as const;

/** SQL: two aliases name the same result. */
export const sameResult = (a: string, b: string) =>
  sql`(${sql.join(
    IDENTITY.map((column) => sql`${sql.ref(`${a}.${column}`)} = ${sql.ref(`${b}.${column}`)}`),
    sql` and `,
  )})`;

const GROUP = sql`network_id, indicator_id, definition_version, period_grain, period_start, period_end`;

/** What a candidate says that the current row `r` does not; what it leaves out is no change. */
const SAYS_MORE = sql`
  r.value <> i.value
    or i.numerator <> r.numerator or i.numerator is not null and r.numerator is null
    or i.denominator <> r.denominator or i.denominator is not null and r.denominator is null
    or i.respondents <> r.respondents or i.respondents is not null and r.respondents is null
    or (i.very_favourable, i.favourable, i.unfavourable, i.very_unfavourable)
         is distinct from (r.very_favourable, r.favourable, r.unfavourable, r.very_unfavourable)
       and i.very_favourable is not null`;

/** Anything that differs. */
const DIFFERS = sql`
  (i.value, i.numerator, i.denominator, i.respondents,
   i.very_favourable, i.favourable, i.unfavourable, i.very_unfavourable) is distinct from
  (r.value, r.numerator, r.denominator, r.respondents,
   r.very_favourable, r.favourable, r.unfavourable, r.very_unfavourable)`;

/** One publication, as the journal knows it. */
export interface Publishing {
  importId: string;
  publication: string;
}

/**
 * Publishes the candidates that are still staged. A new value closes the row it replaces; a value that says
 * nothing new leaves it. Everything derived from the touched groups is recomputed.
 * @param options `whole`: a candidate says all there is to say, so that what it leaves out is taken away; `counted`: they were
 *   counted, no rows of a staging stand behind them
 */
export async function publishCandidates(
  trx: QueryExecutorProvider,
  publishing: Publishing,
  options: { whole?: boolean; counted?: boolean } = {},
): Promise<MergeReport> {
  if (!options.counted) await leaveOutProblems(trx);
  await findChanged(trx, options.whole ? DIFFERS : SAYS_MORE);
  const found = await sql<{ incoming: string; changed: string; replaced: string; withdrawn: boolean | null }>`
    select (select count(*) from candidate) as incoming, count(*) as changed, count(replaces) as replaced,
           -- In the order of the index of withdrawn results, so that no plan reads the whole table for it.
           (select true from indicators.result where changed_in is not null and publication_to is not null
             order by network_id, indicator_id limit 1) as withdrawn
      from changed`.execute(trx);
  const { incoming = '0', changed = '0', replaced = '0', withdrawn = false } = found.rows[0] ?? {};
  if (Number(replaced) > 0) await closeReplaced(trx, publishing);
  if (withdrawn) await bringBackWithdrawn(trx);
  await rollUp(trx, sql`select ${GROUP} from candidate_group where gid in (select gid from changed)`, {
    rows: pendingRows(publishing),
    groups: sql`select gid, ${GROUP} from candidate_group`,
    store: () => storeChanged(trx, publishing, Number(changed)),
  });
  return {
    inserted: Number(changed) - Number(replaced),
    updated: Number(replaced),
    unchanged: Number(incoming) - Number(changed),
    closed: 0,
  };
}

/** Rows that a check took out of the staging are no candidates any more. */
async function leaveOutProblems(trx: QueryExecutorProvider): Promise<void> {
  const problems = await sql`select from import_problem limit 1`.execute(trx);
  if (problems.rows.length === 0) return;
  await sql`
    delete from candidate c where not exists (select from import_row s where s.record = c.record)`.execute(
    trx,
  );
}

/**
 * Temporary table `changed`: what says something new, and the place of the row that it replaces. A view of the
 * candidates where nothing stands yet, which spares a copy of them all.
 */
async function findChanged(trx: QueryExecutorProvider, saysMore: RawBuilder<unknown>): Promise<void> {
  // Read group by group: most groups of an import have nothing yet.
  await sql`
    create temporary table standing on commit drop as
      select g.gid, r.subject_id, r.ctid as place, r.value, r.numerator, r.denominator, r.respondents,
             r.very_favourable, r.favourable, r.unfavourable, r.very_unfavourable
        from candidate_group g
        join indicators.result r
          on r.network_id = g.network_id and r.indicator_id = g.indicator_id and r.period_start = g.period_start
         and r.period_grain = g.period_grain and r.definition_version = g.definition_version
         and r.publication_to is null`.execute(trx);
  const found = await sql`select from standing limit 1`.execute(trx);
  if (found.rows.length === 0) {
    await sql`create temporary view changed as select i.*, null :: tid as replaces from (${SAID}) i`.execute(
      trx,
    );
    return;
  }
  await sql`analyze standing (gid, subject_id)`.execute(trx);
  await sql`
    create temporary table changed on commit drop as
      select i.*, r.place as replaces
        from (${SAID}) i left join standing r on r.gid = i.gid and r.subject_id = i.subject_id
       where r.place is null or ${saysMore}`.execute(trx);
  await sql`analyze changed (gid, subject_kind, replaces)`.execute(trx);
}

/** What the candidates say. */
const SAID = sql`
  select c.gid, ${GROUP}, c.subject_kind, c.subject_id, c.period_inferred,
         trim_scale(coalesce(c.value, ${quotient(sql`c.factor * c.known_numerator`, sql`nullif(c.known_denominator, 0)`)})) as value,
         c.known_numerator as numerator, c.known_denominator as denominator, c.known_respondents as respondents,
         c.very_favourable, c.favourable, c.unfavourable, c.very_unfavourable, c.updated_on, c.line as import_row
    from candidate c`;

const closeReplaced = (trx: QueryExecutorProvider, { publication }: Publishing) =>
  sql`
    update indicators.result r set publication_to = ${publication}::bigint, changed_in = null
      from changed c where r.ctid = c.replaces`.execute(trx);

/** Results that come back after they were withdrawn. */
const bringBackWithdrawn = (trx: QueryExecutorProvider) =>
  sql`
    update indicators.result r set changed_in = null
      from changed c
     where c.replaces is null and ${sameResult('r', 'c')} and r.changed_in is not null
       and r.publication_to is not null`.execute(trx);

/** What is about to be published, with the columns of `result`; `gid` is that of the candidate. */
const pendingRows = ({ importId, publication }: Publishing) => sql`
  select c.*, c.replaces is not null as corrects, ${importId}::uuid as import_id,
         ${publication}::bigint as publication_from
    from changed c`;

/**
 * Stores what changed, in the order of the index that names results, so that it is filled page after page. Results
 * of procedures are in no figure, hence no parts.
 * @throws Error when a changed result would be lost
 */
async function storeChanged(
  trx: QueryExecutorProvider,
  publishing: Publishing,
  changed: number,
): Promise<void> {
  const target = sql`
    indicators.result (${GROUP}, subject_kind, subject_id, period_inferred, value, numerator, denominator,
      respondents, very_favourable, favourable, unfavourable, very_unfavourable, updated_on, import_row, corrects,
      import_id, publication_from, changed_in, is_unit, suppressed)`;
  const measured = sql`p.period_inferred, p.value, p.numerator, p.denominator, p.respondents, p.very_favourable,
    p.favourable, p.unfavourable, p.very_unfavourable, p.updated_on, p.import_row, p.corrects`;
  const published = sql`
    ${publishing.importId}::uuid, ${publishing.publication}::bigint, ${publishing.publication}::bigint`;
  const parts = await sql`
    insert into ${target}
    select t.network_id, t.indicator_id, t.definition_version, t.period_grain, t.period_start, t.period_end,
           p.kind, p.id, ${measured}, ${published}, p.is_part, p.hidden
      from part p join touched t on t.gid = p.gid where p.is_pending order by p.gid :: bigint << 32 | p.pid`.execute(
    trx,
  );
  let stored = Number(parts.numAffectedRows ?? 0);
  if (stored < changed) {
    const procedures = await sql`
      insert into ${target}
      select ${GROUP}, p.subject_kind, p.subject_id, ${measured}, ${published}, false, null
        from (${pendingRows(publishing)}) p where p.subject_kind = 'PROCEDURE'`.execute(trx);
    stored += Number(procedures.numAffectedRows ?? 0);
  }
  if (stored !== changed) throw new Error(`${changed} results were to be published, ${stored} were stored.`);
}

/** The touched groups of a publication, from any table that holds their columns. */
export const groupsIn = (table: string) => sql`select ${GROUP} from ${sql.table(table)}`;
