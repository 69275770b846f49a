import { statement } from './statement.ts';

/** How much a country has published. */
export interface Country {
  /** Every so many sites have results. */
  everySite: number;
  /** Quarters with results, the last of 2025 among them. */
  quarters: number;
}

const IMPORT = `'00000000-0000-4000-8000-00000000beac'::uuid`;
/** With the eleven of the common core, twelve: what a network publishes of a site. */
const TWELFTH = 'IND-BENCH';

/** A number from 0 to below `most`, the same for the same texts. */
const draw = (most: number, ...texts: string[]) => `(abs(hashtext(${texts.join(` || `)})) % ${most})`;

const rate = (numerator: string, denominator: string) =>
  `round(100 * sum(${numerator}) / sum(${denominator}), 6)`;

const COLUMNS = `network_id, indicator_id, definition_version, period_grain, period_start, period_end`;
const GROUPS = `r.network_id, r.indicator_id, r.definition_version, r.period_grain, r.period_start, r.period_end`;

const figures = (level: string, territory: string) => `
  insert into indicators.figure (${COLUMNS}, level, territory_id, value, basis, numerator, denominator, respondents,
                                 publishing, expected, import_id)
  select ${GROUPS}, '${level}', ${territory}, ${rate('r.numerator', 'r.denominator')}, 'COMPUTED_WEIGHTED',
         sum(r.numerator), sum(r.denominator), sum(r.respondents), count(*), count(*), ${IMPORT}
    from indicators.result r join directory.site s on s.id = r.subject_id
   where ${territory} is not null group by ${GROUPS}, ${territory}`;

/**
 * Replaces the results of a database by those of a country where every site of every network publishes twelve
 * indicators a quarter, with the figures, spreads and publishers that follow: plain SQL, because a benchmark of reading need
 * not wait for an import.
 */
export async function makeCountry(url: string, { everySite, quarters }: Country): Promise<void> {
  const indexes = await statement<{ name: string; definition: string }>(
    url,
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
       from pg_index where indrelid in ('indicators.result'::regclass, 'indicators.figure'::regclass) and not indisprimary`,
  );
  await statement(
    url,
    `set role indicators_owner; set maintenance_work_mem = '256MB'; set work_mem = '64MB';
     ${indexes.map(({ name }) => `drop index ${name};`).join(' ')}
     truncate indicators.result, indicators.figure, indicators.spread, indicators.publisher, indicators.published_statistic;
     insert into indicators.import (id, feed, scope, file_name, sha256, bytes, state, source, licence, finished_at, publication)
     select ${IMPORT}, 'network-results', 'bench', 'bench.csv', repeat('0', 64), 0, 'PUBLISHED', 'bench', 'none', now(),
            max(publication) + 1 from indicators.import;
     insert into indicators.indicator (id, code) values ('${TWELFTH}', 'BENCH');
     insert into indicators.definition (indicator_id, version, title, user_title, family, unit, direction, frequency)
     values ('${TWELFTH}', 1, 'Bench', 'Bench', 'PERFORMANCE', 'PERCENT', 'HIGHER_IS_BETTER', 'QUARTERLY');
     insert into indicators.result (${COLUMNS}, subject_kind, subject_id, value, numerator, denominator, respondents,
                                    import_id, publication_from, is_unit)
     select s.network_id, n.id, d.version, 'QUARTER', q.first::date, (q.first + interval '3 months - 1 day')::date, 'SITE',
            s.id, round(100.0 * c.numerator / c.denominator, 6), c.numerator, c.denominator, c.denominator, ${IMPORT}, 1, true
       from directory.site s
       cross join indicators.indicator n
       join (select indicator_id, max(version) as version from indicators.definition group by 1) d on d.indicator_id = n.id
       cross join generate_series(timestamp '2025-10-01' - interval '3 months' * ${quarters - 1},
                                  timestamp '2025-10-01', interval '3 months') as q (first)
       cross join lateral (select 50 + ${draw(900, 's.id', 'n.id', 'q.first::text')} as denominator) h
       cross join lateral (select h.denominator, h.denominator / 2 + ${draw(20, 'n.id', 's.id', 'q.first::text')} as numerator) c
      where n.network_id is null and s.network_id is not null and s.valid_to is null
        and ${draw(everySite, "'site'", 's.id')} = 0
      -- As imports of one quarter after the other store them: in the order of the index of current results.
      order by q.first, s.network_id, n.id, s.id;
     ${indexes.map(({ definition }) => `${definition};`).join(' ')}
     insert into indicators.publisher (network_id, year, subject_id, subject_kind, latest_on)
     select network_id, coalesce(extract(year from period_start)::integer, 0), subject_id, 'SITE', max(period_end)
       from indicators.result
      group by grouping sets ((network_id, subject_id, extract(year from period_start)::integer), (network_id, subject_id));
     ${figures('DEPARTEMENT', 's.departement_id')};
     ${figures('REGION', 's.region_id')};
     ${figures('NATIONAL', `'FR'::text`)};
     insert into indicators.spread (network_id, indicator_id, definition_version, period_grain, period_start, units,
                                    values_ascending, units_up_to, median, lowest_subject_id, highest_subject_id)
     select v.network_id, v.indicator_id, v.definition_version, v.period_grain, v.period_start, sum(v.units),
            array_agg(v.value order by v.value), array_agg(v.up_to order by v.value), min(v.median),
            (array_agg(v.subject order by v.value))[1], (array_agg(v.subject order by v.value desc))[1]
       from (select r.network_id, r.indicator_id, r.definition_version, r.period_grain, r.period_start, r.value,
                    count(*) as units, min(r.subject_id) as subject, m.median,
                    sum(count(*)) over (partition by r.network_id, r.indicator_id, r.definition_version,
                                        r.period_grain, r.period_start order by r.value) as up_to
               from indicators.result r
               join (select network_id, indicator_id, definition_version, period_grain, period_start,
                            percentile_disc(0.5) within group (order by value) as median
                       from indicators.result group by 1, 2, 3, 4, 5) m
                 using (network_id, indicator_id, definition_version, period_grain, period_start)
              group by r.network_id, r.indicator_id, r.definition_version, r.period_grain, r.period_start, r.value, m.median) v
      group by 1, 2, 3, 4, 5`,
  );
}
