import { type AskGraph, forEachOf, millionths } from './ask.ts';
import { type Comparison, compareTables } from './compare.ts';
import type { Cell, Duck } from './duck.ts';

interface Point {
  network: { id: string } | null;
  period: string;
  value: number | null;
  basis: string;
  suppressed: string | null;
  numerator: number | null;
  denominator: number | null;
  respondents: number | null;
  seriesBreak: { kind: string; from: string; to: string } | null;
}

interface Key {
  series_network: string;
  indicator_id: string;
  subject_id: string;
}

/** Series that one request asks for: the gateway takes thirty aliases. */
const AT_ONCE = 20;

/** Of the territories beside the nation, one of so many; of the units of each group, one. */
const EVERY_TERRITORY = 10;

/** Series of the nation, of some territories and units: of each network, of the one that succeeded it, and of all together. */
const ASKED = (network: string | null) => `create or replace table asked_series as
  with told as (
    select distinct network_id, indicator_id, territory_id as subject_id from shown_figure
     where territory_id = 'FR' or hash(network_id || indicator_id || territory_id) % ${EVERY_TERRITORY} = 0
    union
    (select g.network_id, g.indicator_id, u.id from unit u join grp g using (gid) where u.kind <> 'TERRITORY'
     qualify row_number() over (partition by u.gid order by hash(u.id)) = 1))
  select distinct unnest([t.network_id, coalesce(n.successor_id, t.network_id)]) as series_network, t.indicator_id, t.subject_id
    from told t left join network n on n.id = t.network_id
   where ${network === null ? 'true' : `t.network_id = '${network}'`}`;

const COLUMNS = {
  series_network: 'varchar',
  indicator_id: 'varchar',
  subject_id: 'varchar',
  nth: 'bigint',
  network_id: 'varchar',
  period: 'varchar',
  value: 'hugeint',
  basis: 'varchar',
  suppressed: 'varchar',
  numerator: 'hugeint',
  denominator: 'hugeint',
  respondents: 'bigint',
  broken: 'varchar',
};

/** Figures over time and their breaks, those of all services together too: the graph against `sql/series.sql`. */
export async function compareSeries(
  duck: Duck,
  ask: AskGraph,
  network: string | null = null,
): Promise<Comparison> {
  await duck.run(ASKED(network));
  await duck.file('series.sql');
  const keys = await duck.rows<Key>('select * from asked_series order by all');
  const lists = [...Map.groupBy(keys, (key) => `${key.series_network} ${key.indicator_id}`).values()];
  const rows: Cell[][] = [];
  await forEachOf(lists.flatMap(cut), async (asked) => {
    const [{ series_network, indicator_id } = { series_network: '', indicator_id: '' }] = asked;
    const { indicator } = await ask<{ indicator: Record<string, Point[]> }>(queryOf(asked), {
      network: series_network,
      indicator: indicator_id,
    });
    for (const [at, { subject_id }] of asked.entries()) {
      const points = indicator[`s${at}`] ?? [];
      rows.push(
        ...points.map((point, nth) => [series_network, indicator_id, subject_id, nth + 1, ...cellsOf(point)]),
      );
    }
  });
  await duck.fill('answered_series', COLUMNS, rows);
  const typed = Object.entries(COLUMNS).map(([name, type]) => `"${name}"::${type} as "${name}"`);
  return compareTables(
    duck,
    'series and their breaks',
    `select ${typed.join(', ')} from expected_series`,
    'select * from answered_series',
  );
}

const cut = (keys: Key[]): Key[][] =>
  Array.from({ length: Math.ceil(keys.length / AT_ONCE) }, (_, at) =>
    keys.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );

const queryOf = (keys: readonly Key[]) => `query ($network: ID!, $indicator: ID!) {
  indicator(id: $indicator) {
    ${keys.map(({ subject_id: id }, at) => `s${at}: series(scope: { network: $network, ${kindOf(id)}: "${id}" }) { ...point }`).join(' ')}
  }
}
fragment point on Figure {
  network { id } period value basis suppressed numerator denominator respondents seriesBreak { kind from to }
}`;

const kindOf = (id: string) =>
  id.startsWith('SITE-') ? 'site' : id.startsWith('STR-') ? 'structure' : 'territory';

const cellsOf = (point: Point): Cell[] => [
  point.network?.id ?? 'ALL',
  point.period,
  millionths(point.value),
  point.basis,
  point.suppressed,
  millionths(point.numerator),
  millionths(point.denominator),
  point.respondents,
  point.seriesBreak && `${point.seriesBreak.kind} ${point.seriesBreak.from} ${point.seriesBreak.to}`,
];
