import { type RawBuilder, sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';
import type { Severity } from '../../../kernel/import/problem.ts';

/** Names of the columns in the file, for the report. */
export interface ResultColumns {
  network: string | null;
  structure: string;
  site: string;
  territory: string;
  indicator: string;
  value: string;
  period: string;
}

/** Lowest and highest value of each unit. */
const IN_RANGE = sql`
  case c.unit when 'PERCENT' then c.value between 0 and 100 when 'POINTS' then c.value between -100 and 100
              when 'SCORE_10' then c.value between 0 and 10 else c.value >= 0 end`;

const EXPECTED_RANGE = sql<string>`(
  select 'expected ' || case c.unit when 'PERCENT' then 'a rate between 0 and 100'
           when 'POINTS' then 'a net rate between -100 and 100' when 'SCORE_10' then 'a score between 0 and 10'
           else 'a number that is not negative' end
    from candidate c where c.record = s.record)`;

/**
 * Reports the candidates that cannot be published: what they name is unknown (quarantined), or their value is
 * impossible or contradicts its own parts (rejected). Run after `findCandidates`, in the feed's `check`.
 */
export async function checkCandidates(trx: ImportTransaction, columns: ResultColumns): Promise<void> {
  const report = (
    severity: Severity,
    code: string,
    column: string | null,
    message: string | RawBuilder<string>,
    sample: RawBuilder<unknown>,
    condition: RawBuilder<unknown>,
  ) =>
    reportRows(trx, {
      code,
      severity,
      column,
      message,
      sample: sql`(select ${sample} from candidate c where c.record = s.record)`,
      where: sql`s.record in (select c.record from candidate c where ${condition})`,
    });

  await report(
    'QUARANTINED',
    'UNKNOWN_NETWORK',
    columns.network,
    'expected the id, code or name of a known network',
    sql`c.network_key`,
    sql`c.network_id is null and c.network_key is not null`,
  );
  for (const kind of ['STRUCTURE', 'SITE', 'TERRITORY'] as const) {
    const column = { STRUCTURE: columns.structure, SITE: columns.site, TERRITORY: columns.territory }[kind];
    await report(
      'QUARANTINED',
      `UNKNOWN_${kind}`,
      column,
      `no such ${kind.toLowerCase()} in the directory`,
      sql`c.subject_key`,
      sql`c.subject_kind = ${kind} and c.subject_id is null`,
    );
  }
  await report(
    'QUARANTINED',
    'UNKNOWN_INDICATOR',
    columns.indicator,
    'no such indicator: import sp-indicators first',
    sql`coalesce(c.indicator_key, c.indicator_title)`,
    // Without a network an unknown subject is the reason, and says so already.
    sql`c.indicator_id is null and (c.network_id is not null or c.indicator_key is not null)`,
  );
  await report(
    'QUARANTINED',
    'OTHER_NETWORK',
    columns.network,
    'expected a structure or site of this network, or of its successor',
    sql`c.network_key`,
    sql`c.subject_id is not null and c.subject_kind <> 'TERRITORY' and c.network_id is not null
      and not exists (
        with recursive chain (id) as (
          select c.network_id
          union select n.successor_id from chain join directory.network n on n.id = chain.id
                 where n.successor_id is not null)
        select from chain where chain.id = c.subject_network_id)`,
  );
  await report(
    'QUARANTINED',
    'OTHER_INDICATOR',
    columns.indicator,
    'this indicator belongs to another network',
    sql`c.indicator_key`,
    sql`c.indicator_network_id <> c.network_id`,
  );
  await report('REJECTED', 'OUT_OF_RANGE', columns.value, EXPECTED_RANGE, sql`c.value`, sql`not ${IN_RANGE}`);
  await report(
    'REJECTED',
    'FUTURE_PERIOD',
    columns.period,
    'expected a period that has begun',
    sql`c.period_start`,
    sql`c.period_start > current_date`,
  );
  await report(
    'REJECTED',
    'CONTRADICTORY_PARTS',
    'numerateur',
    'numerator and denominator differ from what the answers give',
    sql`c.numerator || ' / ' || c.denominator`,
    sql`c.numerator is not null and c.answers_numerator is not null
      and (c.numerator <> c.answers_numerator or c.denominator <> c.answers)`,
  );
  await report(
    'REJECTED',
    'CONTRADICTORY_VALUE',
    columns.value,
    sql<string>`(
      select 'its parts give ' || trim_scale(round(c.factor * c.known_numerator / c.known_denominator, 3))
        from candidate c where c.record = s.record)`,
    sql`c.value`,
    // Within half a unit of the last digit that the file gives.
    sql`c.known_denominator > 0 and c.unit <> 'COUNT'
      and abs(c.value * c.known_denominator - c.factor * c.known_numerator)
          > 0.5 * power(10 :: numeric, -scale(c.value)) * c.known_denominator`,
  );
  await report(
    'REJECTED',
    'REQUIRED',
    columns.value,
    'expected a value, or parts that give it by the formula of the indicator',
    sql`''`,
    sql`c.value is null and c.indicator_id is not null
      and (c.known_denominator is null or c.known_denominator = 0 or c.unit = 'COUNT')`,
  );
  await reportRepeated(trx);
}

/** Columns that name one result. */
const IDENTITY = sql`
  c.network_id, c.indicator_id, c.definition_version, c.subject_id, c.period_grain, c.period_start`;

/**
 * Rows that name the same result, possibly in different words: identical ones count once, contradictory ones
 * are all rejected. Where the period was derived from the day of update, the latest update of a period wins.
 */
async function reportRepeated(trx: ImportTransaction): Promise<void> {
  await sql`
    with good as (
      select c.record, c.line, c.value, c.period_inferred, c.updated_on, dense_rank() over (order by ${IDENTITY}) as fact,
             row(trim_scale(c.value), trim_scale(c.known_numerator), trim_scale(c.known_denominator),
                 c.known_respondents, c.very_favourable, c.favourable, c.unfavourable, c.very_unfavourable)
               :: text as content
        from candidate c
       where not exists (
         select from import_problem p where p.record = c.record and p.severity <> 'NOTICE')
    ), ranked as (
      select g.*, first_value(g.line) over kept as kept_line, row_number() over kept as rank,
             case when g.period_inferred then max(g.updated_on) over (partition by g.fact) end as latest
        from good g window kept as (
          partition by g.fact
          order by case when g.period_inferred then g.updated_on end desc nulls last, g.record)
    ), judged as (
      select r.*, min(content) over same <> max(content) over same as contradictory
        from ranked r
       where r.updated_on is not distinct from r.latest or r.latest is null
      window same as (partition by fact)
    )
    insert into import_problem (record, line, column_name, code, severity, message, sample)
    select record, line, null, 'CONTRADICTORY_ROW', 'REJECTED',
           'expected one value for a subject, indicator and period: several rows differ', value
      from judged where contradictory
    union all
    select r.record, r.line, null, 'DUPLICATE_ROW', 'NOTICE',
           case when r.updated_on is distinct from r.latest and r.latest is not null
                then 'an update of the same period is at line ' || r.kept_line || ', this one is left out'
                else 'same as line ' || r.kept_line || ', counted once' end, r.value :: text
      from ranked r
     where r.rank > 1 and not exists (select from judged j where j.record = r.record and j.contradictory)
  `.execute(trx);
  await sql`
    delete from import_row s using import_problem p
     where p.record = s.record and p.code = 'DUPLICATE_ROW' and p.severity = 'NOTICE'`.execute(trx);
}
