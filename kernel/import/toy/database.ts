import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { connect } from '../../postgres/database.ts';
import { provision } from '../../postgres/provision.ts';
import { createJournal } from '../journal.ts';

/** A subgraph of two tables, to try the engine on: `toy.result` and the structures that it may name. */
export async function toyDatabase(): Promise<TestDatabase & { owner: Kysely<ToyTables> }> {
  const database = await testDatabase({ template: 'empty' });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await provision(client, ['toy']);
  await client.end();
  const migrating = connect<any>(database.url, 'toy', 'owner');
  await createJournal(migrating, 'toy');
  await sql`create table toy.structure (id text primary key, name text not null, import_id uuid references toy.import)`.execute(
    migrating,
  );
  await sql`insert into toy.structure (id, name) values ('S1', 'CAF du Gard'), ('S2', 'CAF du Nord')`.execute(
    migrating,
  );
  await sql`
    create table toy.result (
      id text primary key, structure text not null references toy.structure, value numeric not null,
      label text, updated_on date, import_id uuid not null references toy.import
    )`.execute(migrating);
  await sql`grant select on toy.result to toy_public`.execute(migrating);
  await migrating.destroy();
  return { ...database, owner: database.connect<ToyTables>('toy', 'owner') };
}

export interface ToyTables {
  'toy.structure': { id: string; name: string };
  'toy.result': {
    id: string;
    structure: string;
    value: string;
    label: string | null;
    updated_on: string | null;
  };
}
