import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { BundledFile } from '../bundled-file.ts';
import type { DemoResult } from './results.ts';
import type { DemoTestimony } from './testimonies.ts';
import type { DemoStructure } from './units.ts';

/** What the provenance of everything invented says. */
export const DEMONSTRATION = {
  source: 'DÉMONSTRATION : données inventées',
  licence: 'Aucune : données inventées',
};

/** Cells of one row, by header. */
export type CsvRow = Record<string, string | number | null>;

/** A CSV file of the demonstration set, made as it is read. */
export function demoFile(feed: string, name: string, rows: Iterable<CsvRow>): BundledFile {
  const stream = () => Readable.from(rows).pipe(stringify({ delimiter: ';', header: true }));
  return { feed, name, open: () => ({ name, stream: stream() }), ...DEMONSTRATION };
}

export const structuresFile = (
  structures: readonly DemoStructure[],
  name = 'demonstration-structures.csv',
): BundledFile =>
  demoFile(
    'sp-structures',
    name,
    structures.map(({ code, network, name, typology, parent, postalCode, city, level }) => ({
      code_sp_de_la_structure: code,
      reseau: network,
      intitule_de_la_typologie: typology ?? '',
      intitule_de_la_structure: name,
      description_de_la_structure: 'Structure de démonstration',
      code_sp_structure_parent: parent,
      code_postal: postalCode,
      ville: city,
      maille: level,
    })),
  );

export const linksFile = (
  structures: readonly DemoStructure[],
  name = 'demonstration-structures-sites.csv',
): BundledFile =>
  demoFile(
    'structure-sites',
    name,
    structures.flatMap(({ code, sites }) =>
      sites.map((site) => ({
        code_sp: code,
        site: uuidOf(site),
        methode: 'démonstration',
        confiance: 'PROBABLE',
      })),
    ),
  );

export const competencesFile = (
  rows: readonly { network: string; commune: string; site: string }[],
): BundledFile =>
  demoFile(
    'competences',
    'demonstration-competences.csv',
    rows.map(({ network, commune, site }) => ({
      reseau: network.slice('NET-'.length),
      commune: commune.slice('COM-'.length),
      site: uuidOf(site),
    })),
  );

export const resultsFile = (network: string, results: Iterable<DemoResult>): BundledFile =>
  demoFile(
    'network-results',
    `demonstration-resultats-${network.slice('NET-'.length)}.csv`,
    resultRows(results),
  );

/** The testimonies of the demonstration set: one file for all networks. */
export const testimoniesFile = (rows: readonly DemoTestimony[]): BundledFile =>
  demoFile('testimonies', 'demonstration-experiences.csv', allColumns(rows));

/** The columns of a CSV file are those of its first row. */
function allColumns(rows: readonly DemoTestimony[]): CsvRow[] {
  const blank = Object.fromEntries(rows.flatMap((row) => Object.keys(row)).map((name) => [name, '']));
  return rows.map((row) => ({ ...blank, ...row }));
}

export function* resultRows(results: Iterable<DemoResult>): Generator<CsvRow> {
  for (const {
    network,
    unit,
    indicator,
    year,
    value,
    numerator,
    denominator,
    respondents,
    answers,
    updatedOn,
  } of results) {
    yield {
      reseau: network.slice('NET-'.length),
      code_sp_structure: unit.kind === 'STRUCTURE' ? unit.id : '',
      site: unit.kind === 'SITE' ? uuidOf(unit.id) : '',
      territoire: unit.kind === 'TERRITORY' ? unit.id : '',
      indicateur: indicator,
      periode: year,
      valeur: value,
      numerateur: numerator,
      denominateur: denominator,
      repondants: respondents,
      tres: answers?.[0] ?? null,
      plutot: answers?.[1] ?? null,
      plutot_pas: answers?.[2] ?? null,
      pas_du_tout: answers?.[3] ?? null,
      date_de_mise_a_jour: updatedOn,
    };
  }
}

const uuidOf = (siteId: string) => siteId.slice('SITE-'.length);
