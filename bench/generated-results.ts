import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { statement } from './statement.ts';

/** Results in the file. */
export const ROWS = 200_000;

/** A network that publishes by site and has always existed: none of its results is refused for its period. */
const NETWORK = 'police';

/** Indicators that come as four kinds of answers, then those that come as a count out of another. */
const ASKED = ['SATISFACTION', 'SATISFACTION_DELAI', 'ACCESSIBILITE', 'EFFORT', 'RELATION'];
const COUNTED = ['TAUX_DECROCHE', 'TAUX_DECROCHE_GLOBAL', 'RESPECT_DELAI'];

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

/** Writes a file of results of every site of the network, quarter after quarter; the same at each run. */
export async function writeResults(url: string, path: string): Promise<void> {
  const sites = await statement<{ id: string }>(
    url,
    `select substr(id, 6) as id from directory.site where network_id = 'NET-${NETWORK}' order by id`,
  );
  await pipeline(Readable.from(lines(sites.map(({ id }) => id))), createWriteStream(path));
}

function* lines(sites: readonly string[]): Generator<string> {
  yield `${RESULT_COLUMNS.join(';')}\n`;
  let row = 0;
  for (let quarter = 0; row < ROWS; quarter += 1) {
    const period = `${2016 + Math.floor(quarter / 4)}-T${1 + (quarter % 4)}`;
    for (const site of sites) {
      for (const indicator of [...ASKED, ...COUNTED]) {
        if (row === ROWS) return;
        row += 1;
        const parts = ASKED.includes(indicator) ? answers(row) : counts(row);
        yield `${NETWORK};${site};IND-${indicator};${period};${parts}\n`;
      }
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
