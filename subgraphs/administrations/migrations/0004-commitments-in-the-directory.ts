import { type Kysely, sql } from 'kysely';

/** Which commitments there are, for the subgraphs whose facts name them: ids are the shared contract, texts are not. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create view directory.commitment with (security_barrier) as
      select id, version from administrations.commitment`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop view directory.commitment`.execute(db);
}
