import { type QueryExecutorProvider, sql } from 'kysely';
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

/** An import of this size changes what the planner should believe of the table. */
const MANY_ROWS = 20_000;

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
 * nothing new leaves it. Then everything derived from the touched groups is recomputed.
 * @param options `whole`: a candidate says all there is to say, so that what it leaves out is taken away
 */
export async function publishCandidates(
  trx: QueryExecutorProvider,
  { importId, publication }: Publishing,
  options: { whole?: boolean } = {},
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
       where r.value is null or ${options.whole ? DIFFERS : SAYS_MORE}`.execute(trx);
  await sql`analyze changed`.execute(trx);
  const closed = await sql`
    update indicators.result r set publication_to = ${publication}::bigint, changed_in = null
      from changed c where c.replaces and ${sameResult('r', 'c')} and r.publication_to is null`.execute(trx);
  // A result that comes back after it was withdrawn.
  await sql`
    update indicators.result r set changed_in = null
      from changed c
     where not c.replaces and ${sameResult('r', 'c')} and r.changed_in is not null and r.publication_to is not null
  `.execute(trx);
  const inserted = await sql`
    insert into indicators.result (network_id, indicator_id, definition_version, subject_kind, subject_id,
      period_grain, period_start, period_end, period_inferred, value, numerator, denominator, respondents,
      very_favourable, favourable, unfavourable, very_unfavourable, updated_on, import_id, import_row,
      publication_from, changed_in, corrects, is_unit, suppressed)
    select c.network_id, c.indicator_id, c.definition_version, c.subject_kind, c.subject_id,
      c.period_grain, c.period_start, c.period_end, c.period_inferred, c.value, c.numerator, c.denominator,
      c.respondents, c.very_favourable, c.favourable, c.unfavourable, c.very_unfavourable, c.updated_on,
      ${importId}::uuid, c.import_row, ${publication}::bigint, ${publication}::bigint, c.replaces,
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
