import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { statement } from './statement.ts';

/** Indicators that come as four kinds of answers, then those that come as a count out of another. */
const ASKED = ['SATISFACTION', 'SATISFACTION_DELAI', 'ACCESSIBILITE', 'EFFORT', 'RELATION'];
const COUNTED = ['TAUX_DECROCHE', 'TAUX_DECROCHE_GLOBAL', 'RESPECT_DELAI'];
const INDICATORS = [...ASKED, ...COUNTED];

/** Columns of the template for headquarters that the file fills. */
export const RESULT_COLUMNS = [
  'reseau',
  'site',
  'indicateur',
  'periode',
  'numerateur',
  'denominateur',
  'tres',
  'plutot',
  'plutot_pas',
  'pas_du_tout',
] as const;

/** Where and when results are about: every site of the networks that publish by site, month after month. */
export interface Setting {
  sites: readonly { site: string; network: string }[];
  /** Months that one file covers. */
  months: number;
  /** First month of the first file, counted from year 0. */
  from: number;
}

/** The setting of so many files of so many results; the last one ends with 2025. */
export async function settingOf(url: string, results: number, files: number): Promise<Setting> {
  const sites = await statement<{ site: string; network: string }>(
    url,
    `select substr(s.id, 6) as site, n.code as network
       from directory.site s join directory.network n on n.id = s.network_id
      where n.finest_level = 'SITE' and s.valid_to is null order by n.code, s.id`,
  );
  const months = Math.ceil(results / (sites.length * INDICATORS.length));
  return { sites, months, from: 2026 * 12 - months * files };
}

/**
 * Writes a file of results, the same at each run. Two files of a setting tell the same of other months, so that
 * the rows of one are those of another, moved.
 * @param file rank of the file, from 0
 */
export function writeResults(setting: Setting, file: number, results: number, path: string): Promise<void> {
  return pipeline(Readable.from(batches(setting, file, results)), createWriteStream(path));
}

function* batches({ sites, months, from }: Setting, file: number, results: number): Generator<string> {
  yield `${RESULT_COLUMNS.join(';')}\n`;
  let row = 0;
  for (let month = from + file * months; row < results; month += 1) {
    const period = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    for (const { site, network } of sites) {
      let lines = '';
      for (const indicator of INDICATORS) {
        if (row === results) break;
        row += 1;
        const parts = ASKED.includes(indicator) ? answers(row) : counts(row);
        lines += `${network};${site};IND-${indicator};${period};${parts}\n`;
      }
      yield lines;
    }
  }
}

/** A number from 0 to `below`, the same for the same row. */
const draw = (row: number, salt: number, below: number) =>
  ((row * 2_654_435_761 + salt * 40_503) >>> 7) % below;

const answers = (row: number) =>
  `;;${20 + draw(row, 1, 60)};${30 + draw(row, 2, 90)};${8 + draw(row, 3, 30)};${1 + draw(row, 4, 12)}`;

function counts(row: number): string {
  const handled = 200 + draw(row, 5, 900);
  return `${handled - draw(row, 6, 150)};${handled};;;;`;
}
