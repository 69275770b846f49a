import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import type { Severity } from '../../../kernel/import/problem.ts';
import { GOOD_SCORE, ONLINE_QUALITY, SCORE } from '../jdma/marks.ts';

/** Names of the columns in the file that name something, for the report. */
export interface NameColumns {
  network: string | null;
  structure: string;
  site: string;
  /** Left out where rows name none. */
  territory?: string;
  indicator: string;
}

/** Names of the columns in the file, for the report. */
export interface ResultColumns extends NameColumns {
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

/** What is wrong with some candidates. */
interface Fault {
  severity: Severity;
  code: string;
  column: string | null;
  message: string | RawBuilder<string>;
  /** SQL of what was found, on the candidate `c`. */
  sample: RawBuilder<unknown>;
  /** SQL condition on the candidate `c`. */
  condition: RawBuilder<unknown>;
  /** A condition that holds wherever `condition` does, and is quicker to judge. */
  sign: RawBuilder<unknown>;
}

/**
 * Reports the candidates that cannot be published: what they name is unknown (quarantined), or their value is
 * impossible or contradicts its own parts (rejected). Run after `findCandidates`, in the feed's `check`.
 */
export async function checkCandidates(trx: QueryExecutorProvider, columns: ResultColumns): Promise<void> {
  await reportFaults(trx, [...nameFaults(columns), ...valueFaults(columns)]);
  const repeated = await sql`
    select from candidate group by gid, sid having count(*) > 1 limit 1`.execute(trx);
  if (repeated.rows.length > 0) await reportRepeated(trx);
}

/** As `checkCandidates`, of what candidates name only: they have no values of their own. */
export const checkNames = (trx: QueryExecutorProvider, columns: NameColumns): Promise<void> =>
  reportFaults(trx, nameFaults(columns));

async function reportFaults(trx: QueryExecutorProvider, faults: readonly Fault[]): Promise<void> {
  // One reading of the candidates tells which faults there are: most files have none.
  const signs = faults.map(({ sign }) => sql`coalesce(bool_or(${sign}), false)`);
  const { rows } = await sql<{ found: boolean[] }>`
    select array[${sql.join(signs)}] as found from candidate c`.execute(trx);
  const found = faults.filter((_fault, index) => rows[0]?.found[index]);
  if (found.length > 0) {
    await sql`create index if not exists candidate_record on candidate (record)`.execute(trx);
  }
  for (const { code, severity, column, message, sample, condition } of found) {
    await reportRows(trx, {
      code,
      severity,
      column,
      message,
      sample: sql`(select ${sample} from candidate c where c.record = s.record)`,
      where: sql`s.record in (select c.record from candidate c where ${condition})`,
    });
  }
}

const KINDS = ['STRUCTURE', 'SITE', 'TERRITORY'] as const;

const fault = (
  severity: Severity,
  code: string,
  column: string | null,
  message: string | RawBuilder<string>,
  sample: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
  sign: RawBuilder<unknown> = condition,
): Fault => ({ severity, code, column, message, sample, condition, sign });

/** What is wrong with the names in a row, in the order in which it is told; quarantined. */
function nameFaults(columns: NameColumns): Fault[] {
  const columnOf = { STRUCTURE: columns.structure, SITE: columns.site, TERRITORY: columns.territory ?? null };
  return [
    fault(
      'QUARANTINED',
      'UNKNOWN_NETWORK',
      columns.network,
      'expected the id, code or name of a known network',
      sql`c.network_key`,
      sql`c.network_id is null and c.network_key is not null`,
    ),
    ...KINDS.map((kind) =>
      fault(
        'QUARANTINED',
        `UNKNOWN_${kind}`,
        columnOf[kind],
        `no such ${kind.toLowerCase()} in the directory`,
        sql`c.subject_key`,
        sql`c.subject_kind = ${kind} and c.subject_id is null`,
      ),
    ),
    fault(
      'QUARANTINED',
      'UNKNOWN_INDICATOR',
      columns.indicator,
      'no such indicator: define it, or import sp-indicators, first',
      sql`coalesce(c.indicator_key, c.indicator_title)`,
      // Without a network an unknown subject is the reason, and says so already.
      sql`c.indicator_id is null and (c.network_id is not null or c.indicator_key is not null)`,
    ),
    fault(
      'QUARANTINED',
      'OTHER_NETWORK',
      columns.network,
      'expected a structure or site of this network, or of its successor',
      sql`c.network_key`,
      sql`c.subject_id is not null and c.subject_kind in ('STRUCTURE', 'SITE') and c.network_id is not null
        and not exists (
          with recursive chain (id) as (
            select c.network_id
            union select n.successor_id from chain join directory.network n on n.id = chain.id
                   where n.successor_id is not null)
          select from chain where chain.id = c.subject_network_id)`,
      sql`c.subject_network_id is distinct from c.network_id and c.subject_id is not null
        and c.subject_kind in ('STRUCTURE', 'SITE') and c.network_id is not null`,
    ),
    fault(
      'QUARANTINED',
      'OTHER_INDICATOR',
      columns.indicator,
      'this indicator belongs to another network',
      sql`c.indicator_key`,
      sql`c.indicator_network_id <> c.network_id`,
    ),
  ];
}

/** What is wrong with the values of a row, in the order in which it is told; rejected. */
function valueFaults(columns: ResultColumns): Fault[] {
  return [
    fault(
      'REJECTED',
      'BAD_SUBJECT',
      columns.indicator,
      `expected ${SCORE} of an online procedure, and of nothing else; ${ONLINE_QUALITY} is how many are scored ${GOOD_SCORE} and more`,
      sql`c.indicator_key`,
      sql`c.subject_kind = 'PROCEDURE' and c.indicator_id = ${ONLINE_QUALITY}
        or c.subject_kind <> 'PROCEDURE' and c.indicator_id = ${SCORE}`,
    ),
    fault('REJECTED', 'OUT_OF_RANGE', columns.value, EXPECTED_RANGE, sql`c.value`, sql`not ${IN_RANGE}`),
    fault(
      'REJECTED',
      'FUTURE_PERIOD',
      columns.period,
      'expected a period that has begun',
      sql`c.period_start`,
      sql`c.period_start > current_date`,
    ),
    fault(
      'REJECTED',
      'CONTRADICTORY_PARTS',
      'numerateur',
      'numerator and denominator differ from what the answers give',
      sql`c.numerator || ' / ' || c.denominator`,
      sql`c.numerator is not null and c.answers_numerator is not null
        and (c.numerator <> c.answers_numerator or c.denominator <> c.answers)`,
    ),
    fault(
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
    ),
    fault(
      'REJECTED',
      'REQUIRED',
      columns.value,
      'expected a value, or parts that give it by the formula of the indicator',
      sql`''`,
      sql`c.value is null and c.indicator_id is not null
        and (c.known_denominator is null or c.known_denominator = 0 or c.unit = 'COUNT')`,
    ),
  ];
}

/** Columns that name one result. */
const IDENTITY = sql`network_id, indicator_id, definition_version, subject_id, period_grain, period_start`;

/**
 * Rows that name the same result, possibly in different words: identical ones count once, contradictory ones
 * are all rejected. Where the period was derived from the day of update, the latest update of a period wins.
 */
async function reportRepeated(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    with good as materialized (
      select * from candidate c
       where not exists (select from import_problem p where p.record = c.record and p.severity <> 'NOTICE')
    ), fact as (
      select row_number() over () as fact, ${IDENTITY}, max(updated_on) filter (where period_inferred) as latest
        from good group by ${IDENTITY} having count(*) > 1
    ), repeated as (
      select g.record, g.line, g.value, f.fact, f.latest is null or g.updated_on = f.latest as is_latest,
             row(trim_scale(g.value), trim_scale(g.known_numerator), trim_scale(g.known_denominator),
                 g.known_respondents, g.very_favourable, g.favourable, g.unfavourable, g.very_unfavourable)
               :: text as content
        from fact f join good g using (${IDENTITY})
    ), judged as (
      select fact, min(record) filter (where is_latest) as kept, min(line) filter (where is_latest) as kept_line,
             min(content) filter (where is_latest) <> max(content) filter (where is_latest) as contradictory
        from repeated group by fact
    )
    insert into import_problem (record, line, column_name, code, severity, message, sample)
    select r.record, r.line, null,
           case when contradictory and is_latest then 'CONTRADICTORY_ROW' else 'DUPLICATE_ROW' end,
           case when contradictory and is_latest then 'REJECTED' else 'NOTICE' end,
           case when contradictory and is_latest
                  then 'expected one value for a subject, indicator and period: several rows differ'
                when is_latest then 'same as line ' || kept_line || ', counted once'
                else 'a later update of the same period is at line ' || kept_line || ', this one is left out' end,
           r.value :: text
      from repeated r join judged j using (fact)
     where contradictory or r.record <> j.kept`.execute(trx);
  await sql`
    delete from import_row s using import_problem p
     where p.record = s.record and p.code = 'DUPLICATE_ROW' and p.severity = 'NOTICE'`.execute(trx);
}
