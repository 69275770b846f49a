import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AskGraph } from './ask.ts';
import type { Comparison } from './compare.ts';
import { type Duck, openDuck } from './duck.ts';
import { compareEquality } from './equality.ts';
import { exportFacts, exportQuery, FACTS } from './facts.ts';
import { compareFigures } from './figures.ts';
import { type Group, groupsOf } from './figures-answered.ts';
import { compareGaps } from './gaps.ts';
import { compareGroups } from './groups.ts';
import { compareNetworks } from './networks.ts';
import { compareScores } from './scores.ts';
import { compareSeries } from './series.ts';
import { compareSideBySide } from './side-by-side.ts';
import { compareStored } from './spreads.ts';
import { STORED } from './stored.ts';
import { compareUnits } from './units.ts';
import { compareVoices } from './voices.ts';
import { compareWithheld } from './withheld.ts';

const STEPS = [
  ...['units', 'coverage', 'figures', 'procedures', 'shown', 'ranks', 'surroundings', 'peers', 'spreads'],
  ...['equality', 'groups', 'transparency', 'completeness', 'voice'],
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
  /**
   * Results by group: by département, or by région and density together.
   * @param most units that the graph groups at a time, see `compareGroups`
   */
  groups(ask: AskGraph, most?: number): Promise<Comparison[]>;
  /** Figures over time and their breaks; scores of procedures; of one network or of all. */
  series(ask: AskGraph, network?: string): Promise<Comparison[]>;
  /** Some units of every group beside their territories, of one network or of all; networks side by side. */
  sideBySide(ask: AskGraph, network?: string): Promise<Comparison[]>;
  /** Transparency of départements, completeness of networks. */
  networks(ask: AskGraph): Promise<Comparison[]>;
  /** What users say, replies, reports of documents. */
  voices(ask: AskGraph): Promise<Comparison[]>;
  /** Every unit, and all that ranks are read from, as stored: more than rankings can be asked for at scale. */
  stored(): Promise<Comparison[]>;
  /** Every stored figure, also those by typology, that the graph does not give; and what is withheld, rule by rule. */
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

/** The graph refuses more results than this in one selection. */
const MOST_RESULTS = 250_000;

/** Units of each group that are set beside their territories. */
const GAPS = 3;

const groupsIn = async (duck: Duck, network: string | undefined): Promise<Group[]> =>
  (await groupsOf(duck)).filter(({ network_id }) => network === undefined || network_id === network);

const shareOf = (groups: readonly Group[], every: number) => groups.filter((_, rank) => rank % every === 0);

function oracleOn(duck: Duck, remove: () => void): Oracle {
  return {
    duck,
    figures: async (ask, network) => [await compareFigures(duck, ask, await groupsIn(duck, network))],
    units: async (ask, { everyGroup, pages } = { everyGroup: 1, pages: Number.POSITIVE_INFINITY }) =>
      compareUnits(duck, ask, shareOf(await groupsOf(duck), everyGroup), pages),
    equality: async (ask, network, everyGroup = 1) =>
      compareEquality(duck, ask, shareOf(await groupsIn(duck, network), everyGroup)),
    groups: async (ask, most = MOST_RESULTS) => [await compareGroups(duck, ask, most)],
    series: async (ask, network) => [
      await compareSeries(duck, ask, network ?? null),
      await compareScores(duck, ask),
    ],
    sideBySide: async (ask, network) => [
      await compareGaps(duck, ask, { units: GAPS, network: network ?? null }),
      await compareSideBySide(duck, ask),
    ],
    networks: (ask) => compareNetworks(duck, ask),
    voices: (ask) => compareVoices(duck, ask),
    stored: () => compareStored(duck),
    withheld: () => compareWithheld(duck),
    close() {
      duck.close();
      remove();
    },
  };
}
