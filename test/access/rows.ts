import { sql } from 'kysely';
import { connect } from '../../kernel/postgres/database.ts';
import { insertRows } from '../kit/insert.ts';

/** A site below the structure of the local referent of the tests, and one of the other network. */
export const SITE = 'SITE-025d93be-a852-57aa-b8b5-7f188a3e8d2d';
export const OTHER_SITE = 'SITE-10d95af5-bbfb-576d-a6ac-5c81036cdd21';
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
  await addWaitingAnswers(databaseUrl);
}

/** Answers that wait, and go on waiting: what they are about was published otherwise. */
async function addWaitingAnswers(databaseUrl: string): Promise<void> {
  const db = connect<object>(databaseUrl, 'indicators', 'owner', { max: 1 });
  try {
    await insertRows(
      db,
      'indicators.survey_answer',
      ['caf-62', 'cpam-02'].map((structure) => ({
        network_id: `NET-${structure.slice(0, -3)}`,
        reference: 'essai-1',
        question_id: 'IND-SATISFACTION',
        subject_kind: 'STRUCTURE',
        subject_id: `STR-DEMO-${structure}`,
        answered_on: '2023-06-01',
        answer: 'FAVOURABLE',
      })),
    );
  } finally {
    await db.destroy();
  }
}
