import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AskGraph } from './ask.ts';
import { type Comparison, compareTables, noneOf } from './compare.ts';
import { type Duck, openDuck } from './duck.ts';
import { compareEquality } from './equality.ts';
import { exportFacts, exportQuery, FACTS } from './facts.ts';
import { askFigures, type Group, groupsOf, inGroups } from './figures-answered.ts';
import { compareGroups } from './groups.ts';
import { askCompleteness, askTransparency } from './networks-answered.ts';
import { STORED } from './stored.ts';
import { askUnits } from './units-answered.ts';
import { askFunnels, askVoices } from './voices-answered.ts';

const STEPS = [
  ...['units', 'coverage', 'figures', 'ranks', 'surroundings', 'peers', 'equality', 'groups'],
  ...['transparency', 'completeness', 'voice'],
] as const;

/** Which part of the rankings is read from the graph: every page, or the first pages of a share of the groups. */
export interface RankingSample {
  everyGroup: number;
  pages: number;
}

/** The oracle with everything that it computed from the facts of a database; see `openOracle`. */
export interface Oracle {
  duck: Duck;
  /** Every figure that the graph gives, of one network or of all, at every level, against those of the oracle. */
  figures(ask: AskGraph, network?: string): Promise<Comparison[]>;
  /** Units with their ranks, among all and among their peers, and their spread nationwide. */
  units(ask: AskGraph, sample?: RankingSample): Promise<Comparison[]>;
  /** Deciles, figures by setting and density, rural against urban; of one network or of all, of a share of the groups. */
  equality(ask: AskGraph, network?: string, everyGroup?: number): Promise<Comparison[]>;
  /** Results by group: by département, and by région and density together. */
  groups(ask: AskGraph): Promise<Comparison[]>;
  /** Transparency of départements, completeness of networks. */
  networks(ask: AskGraph): Promise<Comparison[]>;
  /** What users say, replies, reports of documents. */
  voices(ask: AskGraph): Promise<Comparison[]>;
  /** Every unit as the public role reads it, and every stored spread: more than rankings can be asked for at scale. */
  stored(): Promise<Comparison[]>;
  /** Stored figures that the graph does not give, those by typology; and what is withheld, rule by rule. */
  withheld(): Promise<Comparison[]>;
  close(): void;
}

/**
 * Recomputes in DuckDB everything that the hub derives, from facts exported as CSV, by rules written a second time in
 * `sql/`: no code is shared with the roll-up.
 */
export async function openOracle(databaseUrl: string, say: (line: string) => void): Promise<Oracle> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-oracle-'));
  chmodSync(folder, 0o700);
  try {
    await exportFacts(databaseUrl, folder);
    for (const [name, { query }] of Object.entries(STORED)) {
      await exportQuery(databaseUrl, query, join(folder, `${name}.csv`));
    }
    say('facts exported');
    const duck = await openDuck(folder);
    for (const [name, { columns }] of Object.entries(FACTS)) await duck.load(name, columns);
    for (const [name, { columns }] of Object.entries(STORED)) await duck.load(name, columns);
    // CSV tells an empty text from none; DuckDB does not.
    await duck.run(`update figure_flag set typology_id = coalesce(typology_id, '')`);
    for (const step of STEPS) {
      await duck.file(`${step}.sql`);
      say(`${step} recomputed`);
    }
    return oracleOn(duck, () => rmSync(folder, { recursive: true, force: true }));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

const OF_NETWORKS = `e.network_id <> 'ALL'`;
const [VALUE, ...PARTS] = ['value', 'numerator', 'denominator'].map(
  (name) => `case when flag is null then ${name} end::hugeint as ${name}`,
);
const ANSWERS = ['answers_1', 'answers_2', 'answers_3', 'answers_4'];

/** What the graph should give; the reason why a value may be withheld beside a small one is the hub's to choose. */
const EXPECTED_FIGURE = `
  with flagged as (
    select e.*,
           case when e.too_small then 'SMALL_SAMPLE' when a.suppressed = 'COMPLEMENTARY' then 'COMPLEMENTARY' end as flag
      from expected_figure e
      left join answered_figure a on a.network_id = e.network_id and a.indicator_id = e.indicator_id
       and a.period = e.period and a.territory_id = e.territory_id
     where e.typology_id = '' and ${OF_NETWORKS})
  select network_id, indicator_id, period, territory_id,
         ${VALUE}, basis,
         flag as suppressed,
         ${PARTS.join(', ')},
         case when flag is null then respondents end::bigint as respondents,
         ${ANSWERS.map((name) => `case when flag is null then ${name} end::bigint as ${name}`).join(', ')},
         publishing::bigint as publishing, expected::bigint as expected
    from flagged`;

const groupsIn = async (duck: Duck, network: string | undefined): Promise<Group[]> =>
  (await groupsOf(duck)).filter(({ network_id }) => network === undefined || network_id === network);

function oracleOn(duck: Duck, remove: () => void): Oracle {
  const keys = <Row>(query: string) => duck.rows<Row>(query);
  return {
    duck,
    async figures(ask, network) {
      const groups = await groupsIn(duck, network);
      await askFigures(duck, ask, groups);
      const expected = `select * from (${EXPECTED_FIGURE})
        where (network_id, indicator_id, period) in (${inGroups(groups)})`;
      return [await compareTables(duck, 'figures of territories', expected, 'select * from answered_figure')];
    },
    async units(ask, sample = { everyGroup: 1, pages: Number.POSITIVE_INFINITY }) {
      const groups = (await groupsOf(duck)).filter((_, rank) => rank % sample.everyGroup === 0);
      await askUnits(duck, ask, groups, sample.pages);
      const asked = `(network_id, indicator_id, period) in (${inGroups(groups)})`;
      // Of a ranking that was read in part, what was read: its first pages.
      const read = Number.isFinite(sample.pages)
        ? `and (network_id, indicator_id, period, subject_id) in (
             select (network_id, indicator_id, period, subject_id) from answered_unit)`
        : '';
      return [
        await compareTables(
          duck,
          'units and their ranks',
          `select network_id, indicator_id, period, subject_id, value::hugeint as value,
                  place::bigint as place, "of"::bigint as "of", peer_place, peers from expected_unit where ${asked} ${read}`,
          'select * from answered_unit',
        ),
        await compareTables(
          duck,
          'spreads of units',
          `select network_id, indicator_id, period, units::bigint as units,
                  median_twice::hugeint as median_twice, lowest::hugeint as lowest, highest::hugeint as highest
             from expected_spread
            where (network_id, indicator_id, period) in (select (network_id, indicator_id, period) from answered_spread)`,
          'select * from answered_spread',
        ),
      ];
    },
    async equality(ask, network, everyGroup = 1) {
      const groups = await groupsIn(duck, network);
      return compareEquality(
        duck,
        ask,
        groups.filter((_, rank) => rank % everyGroup === 0),
      );
    },
    async groups(ask) {
      return [await compareGroups(duck, ask)];
    },
    async stored() {
      return [
        await compareTables(
          duck,
          'published units',
          `select g.network_id, g.indicator_id, g.version, g.period, u.id as subject_id,
                  case when u.suppressed is null then u.value end::hugeint as value from unit u join grp g using (gid)`,
          `select network_id, indicator_id, version, period, subject_id, millionths(value)::hugeint as value
             from published_unit`,
        ),
        await compareTables(
          duck,
          'stored spreads',
          `select network_id, indicator_id, version, period, units::bigint as units,
                  median_twice::hugeint as median_twice from expected_spread where network_id <> 'ALL'`,
          `select network_id, indicator_id, version, period, units, cast(median::decimal(38, 7) * 2000000 as hugeint) as median_twice
             from stored_spread`,
        ),
      ];
    },
    async networks(ask) {
      await askTransparency(
        duck,
        ask,
        await keys(
          `select distinct territory_id, year::varchar as year from expected_transparency order by all`,
        ),
      );
      await askCompleteness(
        duck,
        ask,
        await keys(`select network_id, year::varchar as year from expected_completeness order by all`),
      );
      return [
        await compareTables(
          duck,
          'transparency of départements',
          `select territory_id, year::bigint as year, network_id, rate::hugeint as rate, publishing::bigint as publishing,
                  expected::bigint as expected from expected_transparency`,
          'select * from answered_transparency',
        ),
        await compareTables(
          duck,
          'completeness of networks',
          `select network_id, year::bigint as year, expected::bigint as expected, publishing::bigint as publishing
             from expected_completeness`,
          'select * from answered_completeness',
        ),
      ];
    },
    async voices(ask) {
      const territories = await keys<{ id: string }>(
        `select distinct territory_id as id from expected_told order by 1`,
      );
      await askVoices(
        duck,
        ask,
        territories.map(({ id }) => id),
      );
      await askFunnels(
        duck,
        ask,
        await keys(`select network_id, year::varchar as year from expected_funnel order by all`),
      );
      return [
        await compareTables(
          duck,
          'testimonies by territory, network and feeling',
          'select territory_id, network_id, feeling, testimonies::bigint as testimonies from expected_told',
          'select * from answered_told',
        ),
        await compareTables(
          duck,
          'delays of reply',
          `select territory_id, network_id, expected::bigint as expected, answered::bigint as answered,
                  median_tenths::bigint as median_tenths, p90_tenths::bigint as p90_tenths from expected_delay`,
          'select * from answered_delay',
        ),
        await compareTables(
          duck,
          'reports of documents by network and year',
          `select network_id, year::bigint as year, received::bigint as received, triaged::bigint as triaged,
                  rewritten::bigint as rewritten, tested::bigint as tested, disseminated::bigint as disseminated,
                  declined::bigint as declined from expected_funnel`,
          'select * from answered_funnel',
        ),
      ];
    },
    async withheld() {
      await duck.file('withheld.sql');
      const stored = (table: string, value: string) =>
        `select network_id, indicator_id, version, period, territory_id, typology_id, basis, ${value} as value,
                publishing::bigint as publishing, expected::bigint as expected from ${table}`;
      const shown = `(network_id, indicator_id, version, period, territory_id, typology_id) in (
        select (network_id, indicator_id, version, period, territory_id, typology_id) from figure_flag
         where suppressed is null)`;
      return [
        await compareTables(
          duck,
          'stored figures, those by typology too',
          stored('expected_figure', `case when ${shown} then value end::hugeint`) +
            ` where network_id <> 'ALL'`,
          stored('figure_flag', 'millionths(value)'),
        ),
        await noneOf(duck, 'rules of what is withheld', 'select 1 from part', 'select * from wrongly'),
      ];
    },
    close() {
      duck.close();
      remove();
    },
  };
}
