import { sql } from 'kysely';
import { connect } from '../../../kernel/postgres/database.ts';
import { nameOf, PREFIX, type Scale } from './scale.ts';

/** Files of demonstration sets that are published here: every set begins with one of these feeds. */
async function demonstrations(databaseUrl: string): Promise<string[]> {
  const found: string[] = [];
  for (const [subgraph, feeds] of [
    ['administrations', ['annuaire', 'sp-structures']],
    ['indicators', ['network-results']],
  ] as const) {
    const db = connect<object>(databaseUrl, subgraph, 'owner', { max: 1 });
    try {
      const { rows } = await sql<{ file_name: string }>`
        select file_name from import
         where state in ('PUBLISHED', 'ROLLED_BACK') and feed = any(${[...feeds]}::text[])
           and file_name like 'demonstration-%'`.execute(db);
      found.push(...rows.map(({ file_name }) => file_name));
    } finally {
      await db.destroy();
    }
  }
  return found;
}

/** Whether a national set, whole or begun, is here: the small one then stays away. */
export const isNational = async (databaseUrl: string): Promise<boolean> =>
  (await demonstrations(databaseUrl)).some((file) => file.startsWith(PREFIX));

/** @throws Error when another demonstration set is here, the small one or one of another size */
export async function refuseOthers(databaseUrl: string, scale: Scale): Promise<void> {
  const other = (await demonstrations(databaseUrl)).find((file) => !file.startsWith(nameOf(scale)));
  if (other === undefined) return;
  throw new Error(
    `Another demonstration set is in this database (${other}): give the national one a HUB_DATA_DIR or a DATABASE_URL of its own.`,
  );
}
