import { sql } from 'kysely';
import type { ImportTransaction, MergeReport } from '../../../kernel/import/feed.ts';
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

/** An import of this size changes what the planner should believe of the table. */
const MANY_ROWS = 20_000;

const GROUP = sql`network_id, indicator_id, definition_version, period_grain, period_start, period_end`;

/**
 * Publishes the candidates that are still staged. A new value closes the row it replaces; a value that says
 * nothing new leaves it. Then everything derived from the touched groups is recomputed.
 */
export async function publishCandidates(
  trx: ImportTransaction,
  { importId, publication }: { importId: string; publication: string },
): Promise<MergeReport> {
  await sql`
    create temporary table incoming on commit drop as
      select c.network_id, c.indicator_id, c.definition_version, c.subject_kind, c.subject_id, c.period_grain,
             c.period_start, c.period_end, c.period_inferred,
             trim_scale(coalesce(c.value, ${quotient(sql`c.factor * c.known_numerator`, sql`nullif(c.known_denominator, 0)`)})) as value,
             c.known_numerator as numerator, c.known_denominator as denominator, c.known_respondents as respondents,
             c.very_favourable, c.favourable, c.unfavourable, c.very_unfavourable, c.updated_on,
             c.line as import_row
        from candidate c join import_row s on s.record = c.record`.execute(trx);
  await sql`
    create temporary table changed on commit drop as
      select i.*, r.value is not null as replaces
        from incoming i
        left join indicators.result r on ${sameResult('r', 'i')} and r.publication_to is null
       where r.value is null or r.value <> i.value
          or i.numerator <> r.numerator or i.numerator is not null and r.numerator is null
          or i.denominator <> r.denominator or i.denominator is not null and r.denominator is null
          or i.respondents <> r.respondents or i.respondents is not null and r.respondents is null
          or (i.very_favourable, i.favourable, i.unfavourable, i.very_unfavourable)
               is distinct from (r.very_favourable, r.favourable, r.unfavourable, r.very_unfavourable)
             and i.very_favourable is not null`.execute(trx);
  await sql`analyze changed`.execute(trx);
  const closed = await sql`
    update indicators.result r set publication_to = ${publication}::bigint
      from changed c where c.replaces and ${sameResult('r', 'c')} and r.publication_to is null`.execute(trx);
  const inserted = await sql`
    insert into indicators.result (network_id, indicator_id, definition_version, subject_kind, subject_id,
      period_grain, period_start, period_end, period_inferred, value, numerator, denominator, respondents,
      very_favourable, favourable, unfavourable, very_unfavourable, updated_on, import_id, import_row,
      publication_from, is_unit, suppressed)
    select c.network_id, c.indicator_id, c.definition_version, c.subject_kind, c.subject_id,
      c.period_grain, c.period_start, c.period_end, c.period_inferred, c.value, c.numerator, c.denominator,
      c.respondents, c.very_favourable, c.favourable, c.unfavourable, c.very_unfavourable, c.updated_on,
      ${importId}::uuid, c.import_row, ${publication}::bigint,
      -- The usual case, so that the roll-up has few rows to correct.
      c.subject_kind = 'SITE' and n.finest_level = 'SITE', null
      from changed c left join directory.network n on n.id = c.network_id`.execute(trx);
  // Plans made on the statistics of the table as it was would join a large import row by row.
  if (Number(inserted.numAffectedRows ?? 0) >= MANY_ROWS) await sql`analyze indicators.result`.execute(trx);
  await rollUp(trx, sql`select ${GROUP} from changed`);
  const incoming = await sql<{ rows: string }>`select count(*) as rows from incoming`.execute(trx);
  const count = Number(inserted.numAffectedRows ?? 0);
  const updated = Number(closed.numAffectedRows ?? 0);
  return {
    inserted: count - updated,
    updated,
    unchanged: Number(incoming.rows[0]?.rows ?? 0) - count,
    closed: 0,
  };
}

/** The touched groups of a publication, from any table that holds their columns. */
export const groupsIn = (table: string) => sql`select ${GROUP} from ${sql.table(table)}`;
