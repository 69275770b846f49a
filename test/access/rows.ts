import { sql } from 'kysely';
import { connect } from '../../kernel/postgres/database.ts';
import { insertRows } from '../kit/insert.ts';

export const SITE = 'SITE-528ec072-1427-5e8a-b747-131251cdaea3';
export const PROCEDURE = 'PROC-caf-aide-au-logement';

const OPENING = {
  channel: 'COUNTER',
  kind: 'OPEN',
  days: [1],
  opens: '09:00',
  closes: '12:00',
  comment: null,
};

/** What the demonstration set has nothing of, so that fields of the graph would be tried on nobody. */
export async function addRareRows(databaseUrl: string): Promise<void> {
  const db = connect<object>(databaseUrl, 'administrations', 'owner', { max: 1 });
  try {
    const { rows } = await sql<{ id: string }>`select id from administrations.import limit 1`.execute(db);
    const import_id = rows[0]?.id;
    await insertRows(db, 'administrations.site_contact', [
      {
        site_id: SITE,
        import_id,
        opening: [OPENING],
        mediators: [{ name: 'Essai', role: null, phone: null, email: null, website: null }],
        support: [{ kind: 'LANGUAGE', description: 'Essai', languages: ['en'] }],
      },
    ]);
    await insertRows(db, 'administrations.announced_delay', [
      {
        procedure_id: PROCEDURE,
        territory_id: 'FR',
        channel: 'ONLINE',
        days: 10,
        announced_on: '2024-01-01',
      },
    ]);
    await insertRows(db, 'administrations.commitment_display', [
      {
        id: 'DISPLAY-1',
        network_id: 'NET-caf',
        commitment_id: 'COMMITMENT-E3',
        site_id: SITE,
        place: 'RECEPTION',
        import_id,
      },
    ]);
  } finally {
    await db.destroy();
  }
}
