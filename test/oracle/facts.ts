import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to } from 'pg-copy-streams';

/** What the oracle reads of the hub's tables: facts only, nothing that was derived of them but what is withheld. */
interface Facts {
  /** Columns with their types in DuckDB, in the order of the query. */
  columns: Readonly<Record<string, string>>;
  query: string;
}

const TEXT = 'varchar';
const DAYS = { valid_from: 'date', valid_to: 'date' };
const NUMBER = 'decimal(18, 6)';

export const FACTS: Readonly<Record<string, Facts>> = {
  network: {
    columns: { id: TEXT, finest_level: TEXT, ...DAYS, successor_id: TEXT, counts_in_transparency: 'boolean' },
    query:
      'select id, finest_level, valid_from, valid_to, successor_id, counts_in_transparency from directory.network',
  },
  territory: {
    columns: { id: TEXT, level: TEXT, parent_id: TEXT, region_id: TEXT, ...DAYS },
    query: `select id, level, parent_id, region_id, valid_from, valid_to from directory.territory where level <> 'COMMUNE'`,
  },
  site: {
    columns: {
      id: TEXT,
      network_id: TEXT,
      commune_id: TEXT,
      departement_id: TEXT,
      region_id: TEXT,
      ...DAYS,
    },
    query:
      'select id, network_id, commune_id, departement_id, region_id, valid_from, valid_to from directory.site',
  },
  surroundings: {
    columns: { territory_id: TEXT, density: TEXT, setting: TEXT },
    query: 'select territory_id, density, setting from directory.surroundings',
  },
  structure: {
    columns: {
      id: TEXT,
      network_id: TEXT,
      typology_id: TEXT,
      parent_id: TEXT,
      level: TEXT,
      commune_id: TEXT,
      departement_id: TEXT,
      region_id: TEXT,
      ...DAYS,
    },
    query: `select id, network_id, typology_id, parent_id, level, commune_id, departement_id, region_id, valid_from, valid_to
              from directory.structure`,
  },
  structure_site: {
    columns: { structure_id: TEXT, site_id: TEXT, ...DAYS },
    query: 'select structure_id, site_id, valid_from, valid_to from directory.structure_site',
  },
  definition: {
    columns: {
      indicator_id: TEXT,
      version: 'integer',
      unit: TEXT,
      direction: TEXT,
      formula: TEXT,
      valid_from: 'date',
    },
    query: 'select indicator_id, version, unit, direction, formula, valid_from from indicators.definition',
  },
  indicator: {
    columns: { id: TEXT, network_id: TEXT, core_indicator_id: TEXT, comparability: TEXT },
    query: 'select id, network_id, core_indicator_id, comparability from indicators.indicator',
  },
  threshold: {
    columns: { respondents: 'integer' },
    query: 'select suppression_threshold from indicators.directory_state',
  },
  result: {
    columns: {
      network_id: TEXT,
      indicator_id: TEXT,
      version: 'integer',
      kind: TEXT,
      subject_id: TEXT,
      grain: TEXT,
      start_on: 'date',
      end_on: 'date',
      value: NUMBER,
      numerator: NUMBER,
      denominator: NUMBER,
      respondents: 'integer',
      very_favourable: 'integer',
      favourable: 'integer',
      unfavourable: 'integer',
      very_unfavourable: 'integer',
      suppressed: TEXT,
    },
    query: `select network_id, indicator_id, definition_version, subject_kind, subject_id, period_grain, period_start,
                   period_end, value, numerator, denominator, respondents, very_favourable, favourable, unfavourable,
                   very_unfavourable, suppressed
              from indicators.result where publication_to is null`,
  },
  testimony: {
    columns: { id: TEXT, state: TEXT, feeling: TEXT, written_on: 'date' },
    query: 'select id, state, feeling, written_on from testimonies.testimony',
  },
  concern: {
    columns: {
      testimony_id: TEXT,
      position: 'integer',
      network_id: TEXT,
      structure_id: TEXT,
      site_id: TEXT,
      status: TEXT,
    },
    query:
      'select testimony_id, position, network_id, structure_id, site_id, status from testimonies.concern',
  },
  reply: {
    columns: { testimony_id: TEXT, position: 'integer', first_answered_on: 'date' },
    query: 'select testimony_id, position, first_answered_on from testimonies.reply',
  },
  report: {
    columns: {
      network_id: TEXT,
      received_on: 'date',
      triaged_on: 'date',
      rewritten_on: 'date',
      tested_on: 'date',
      disseminated_on: 'date',
      declined_on: 'date',
      published: 'boolean',
    },
    query: `select network_id, received_on, triaged_on, rewritten_on, tested_on, disseminated_on, declined_on, published
              from simplification.report`,
  },
};

/** Writes the rows of a query as CSV, read as the owner of the tables: withheld values too. */
export async function exportQuery(databaseUrl: string, query: string, path: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await pipeline(client.query(to(`copy (${query}) to stdout (format csv)`)), createWriteStream(path));
  } finally {
    await client.end();
  }
}

/** Writes every fact of a database in a folder, a CSV file for each table. */
export async function exportFacts(databaseUrl: string, folder: string): Promise<void> {
  for (const [name, { query }] of Object.entries(FACTS)) {
    await exportQuery(databaseUrl, query, join(folder, `${name}.csv`));
  }
}
