import { sql, type Transaction } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import { cleanText } from '../../../kernel/text.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { ImprovementDatabase, SubjectColumns } from '../tables.ts';
import type { Fact, FactSource } from './sources.ts';
import type { SubjectIds } from './subject.check.ts';

/** What a command needs to know of a fact before it may touch it. */
export interface Reached {
  network: string;
  place: { structure: string | null; site: string | null };
  /** The same and its territory, as columns of what hangs below it. */
  subject: SubjectIds;
}

/**
 * Where a fact stands, if the viewer may see it as it works: row-level security decides, so that one that does not
 * exist and one out of reach are answered alike, after the same statement.
 * @throws HubError NOT_FOUND
 */
export async function reach<Row>(
  { agent }: Writing<ImprovementDatabase>,
  { table, noun }: FactSource<Row> & { noun: string },
  id: string,
): Promise<Reached> {
  const { rows } = await agent((trx) =>
    sql<SubjectIds>`
      select network_id, structure_id, site_id, territory_id from ${sql.table(`improvement.${table}`)}
       where id = ${cleanText(id, 'id')}`.execute(trx),
  );
  const found = rows[0];
  if (found === undefined) throw noSuch(noun);
  return {
    network: found.network_id,
    place: { structure: found.structure_id, site: found.site_id },
    subject: found,
  };
}

/** One out of reach is answered alike. */
export const noSuch = (noun: string) => new HubError('NOT_FOUND', `No such ${noun}.`);

/**
 * The row of a fact, under lock and at the version that the caller read.
 * @param at where it stood when the viewer's right was checked
 * @throws HubError NOT_FOUND when it has gone since, CONFLICT when it was written, or moved by a file, since
 */
export async function lockFact<Row>(
  trx: Transaction<ImprovementDatabase>,
  { table, columns, noun }: FactSource<Row> & { noun: string },
  id: string,
  version: number,
  at: Reached,
): Promise<Fact<Row>> {
  const names = [...SUBJECT, ...columns].map((column) => sql.ref(`f.${column}`));
  const { rows } = await sql<Fact<Row>>`
    select ${sql.join(names)} from ${sql.table(`improvement.${table}`)} f
     where f.network_id = ${at.network} and f.id = ${id} for update`.execute(trx);
  const row = rows[0];
  if (row === undefined) throw noSuch(noun);
  demandVersion(version, row.version);
  if (row.structure_id !== at.place.structure || row.site_id !== at.place.site) {
    throw new HubError('CONFLICT', `This ${noun} has just been moved: read it again first.`);
  }
  return row;
}

const SUBJECT: readonly (keyof SubjectColumns)[] = [
  'network_id',
  'id',
  'structure_id',
  'site_id',
  'territory_id',
  'version',
  'publication',
];
