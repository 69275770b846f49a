import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { testDatabase } from '../../../test/kit/database.ts';
import { connect } from '../../postgres/database.ts';
import { provision } from '../../postgres/provision.ts';
import { createJournal } from '../journal.ts';

/** A subgraph of two tables, to try the engine on: `toy.result` and the structures that it may name. */
export async function toyDatabase() {
  const database = await testDatabase({ template: 'empty' });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await provision(client, ['toy']);
  await client.end();
  const migrating = connect<any>(database.url, 'toy', 'owner');
  await createToy(migrating);
  await migrating.destroy();
  const owner = database.connect<ToyTables>('toy', 'owner');
  return {
    ...database,
    owner,
    reader: database.connect<ToyTables>('toy', 'public'),
    /** Empties the results and the journal. */
    reset: async () => {
      await sql`truncate toy.result, toy.import, toy.import_before`.execute(owner);
    },
    stored: () => storedResults(owner),
    journal: () => journalOf(owner),
  };
}

async function createToy(db: Kysely<any>): Promise<void> {
  await createJournal(db, 'toy');
  await sql`create table toy.structure (id text primary key, name text not null)`.execute(db);
  await sql`insert into toy.structure (id, name) values ('S1', 'CAF du Gard'), ('S2', 'CAF du Nord')`.execute(
    db,
  );
  await sql`
    create table toy.result (
      id text primary key, structure text not null references toy.structure, value numeric not null,
      label text, updated_on date, import_id uuid not null references toy.import,
      -- A rollback must not try to write it.
      label_size integer generated always as (length(label)) stored
    )`.execute(db);
  await sql`grant select on toy.result to toy_public`.execute(db);
}

const storedResults = (db: Kysely<ToyTables>) =>
  db
    .selectFrom('toy.result')
    .select(['id', 'structure', 'value', 'label', 'updated_on'])
    .orderBy('id')
    .execute();

async function journalOf(db: Kysely<ToyTables>) {
  const found = await sql<{
    kind: string;
    state: string;
    accepted: string;
    publication: string | null;
    reason: string | null;
  }>`
    select kind, state, accepted, publication, reason from toy.import order by started_at`.execute(db);
  return found.rows;
}

export interface ToyTables {
  'toy.result': {
    id: string;
    structure: string;
    value: string;
    label: string | null;
    updated_on: string | null;
  };
}
