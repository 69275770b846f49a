import { type Kysely, sql } from 'kysely';

const TABLES = ['figure', 'setting_figure'];

/**
 * Each stored figure asked the journal whether its import is there, a third of what storing it cost, see decision 0020.
 * It is that of one of its results: in the journal before them, under the same lock, and never deleted.
 */
export async function up(db: Kysely<any>): Promise<void> {
  for (const table of TABLES) {
    await sql`
      alter table indicators.${sql.id(table)} drop constraint ${sql.id(`${table}_import_id_fkey`)}`.execute(
      db,
    );
  }
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const table of TABLES) {
    await sql`
      alter table indicators.${sql.id(table)}
        add constraint ${sql.id(`${table}_import_id_fkey`)} foreign key (import_id) references indicators.import (id)`.execute(
      db,
    );
  }
}
