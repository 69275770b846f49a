import { join } from 'node:path';
import { CONTRACT_FOLDER } from '../../../cli/compose.ts';
import type { GatewayOptions } from '../../../gateway/options.ts';
import { readConfig } from '../../../kernel/config.ts';
import { seedTestimonies } from '../../../subgraphs/testimonies/fixtures/seed.ts';
import type { TestDatabase } from '../../kit/database.ts';
import { HUB_MODES, type HubMode, startedDatabase, startHub, type TestHub } from '../../kit/hub.ts';
import { insertRows } from '../../kit/insert.ts';
import { type Keys, rolesOf } from '../../kit/roles.ts';

/** A site of the bundled directory, and structures of the demonstration set. */
export const SITE = 'SITE-528ec072-1427-5e8a-b747-131251cdaea3';
export const OWN_PLACE = 'STR-DEMO-caf-62';
export const OTHER_PLACE = 'STR-DEMO-cpam-62';

/** In every text that is not published: nobody without the right may ever be sent it. */
export const EMBARGO = 'EMBARGO7301';

/** The hub with its real limits, in both modes, on one database. */
export interface SafetyWorld {
  database: TestDatabase;
  hubs: Readonly<Record<HubMode, TestHub>>;
  keys: Keys;
}

/** As `npm start` sets it, but for rates and budgets: the tests of one minute are more than a caller's. */
export function asStarted(): Partial<GatewayOptions> {
  const { costs } = readConfig({});
  return {
    costs: { ...costs, perMinute: 0 },
    documents: { folder: join(CONTRACT_FOLDER, 'operations'), anonymousQueries: 'free' },
  };
}

export async function openSafetyWorld(more: Partial<GatewayOptions> = {}): Promise<SafetyWorld> {
  const database = await startedDatabase();
  await seedVoices(database);
  const keys = await rolesOf(database.url);
  const gateway = { ...asStarted(), ...more };
  const [together, apart] = await Promise.all(
    HUB_MODES.map((mode) => startHub(database.url, { mode, gateway })),
  );
  if (!together || !apart) throw new Error('There are two modes.');
  return { database, keys, hubs: { 'in process': together, apart } };
}

/** What the bundled data has none of: voices of users and what services do about them, some not published. */
async function seedVoices(database: TestDatabase): Promise<void> {
  await seedTestimonies(database.connect('testimonies', 'owner'), [
    {
      id: 'TEM-1',
      title: 'Accueil très agréable',
      body: "J'ai été bien reçue pour mes allocations familiales.",
      publishedOn: '2024-03-05',
      tags: ['relation', 'accessibilite'],
      userDepartement: 'DEP-62',
      procedures: [['aide au logement', 'PROC-caf-aide-au-logement']],
      concerns: [
        {
          structure: OWN_PLACE,
          site: SITE,
          channels: ['Guichet'],
          answeredOn: '2024-03-11',
          reply: 'Merci.',
        },
        { network: 'NET-cpam', structure: OTHER_PLACE, status: 'DRAFT', reply: `Réponse ${EMBARGO}` },
      ],
    },
    {
      id: 'TEM-2',
      title: 'Réclamation sans réponse',
      body: 'Les portes étaient fermées.',
      feeling: 'NEGATIVE',
      publishedOn: '2024-04-02',
      tags: ['relation'],
      concerns: [{ structure: OWN_PLACE, status: 'TO_VALIDATE', reply: `À valider ${EMBARGO}` }],
    },
    {
      id: 'TEM-4',
      state: 'SUBMITTED',
      title: `Réclamation ${EMBARGO}`,
      concerns: [{ structure: OWN_PLACE }],
    },
    { id: 'TEM-5', state: 'REJECTED', title: `Refusée ${EMBARGO}`, concerns: [{ structure: OWN_PLACE }] },
  ]);
  const improvement = database.connect('improvement', 'owner');
  for (const [key, published] of [
    ['1', true],
    ['9', false],
  ] as const) {
    const title = published ? 'Une rampe' : `Une rampe ${EMBARGO}`;
    const subject = { network_id: 'NET-caf', structure_id: OWN_PLACE, published };
    await insertRows(improvement, 'improvement.action_plan', [
      { ...subject, id: `PLAN-${key}`, title, description: title, status: 'IN_PROGRESS' },
    ]);
    await insertRows(improvement, 'improvement.self_diagnosis', [
      { ...subject, id: `DIAG-${key}`, made_on: '2024-06-01' },
    ]);
    await insertRows(improvement, 'improvement.label', [
      { ...subject, id: `LABEL-${key}`, level: 'GOLD', granted_on: '2024-01-01', expires_on: '2099-01-01' },
    ]);
    await insertRows(improvement, 'improvement.impact', [
      { ...subject, id: `IMPACT-${key}`, title, story: title, published_on: '2024-05-01' },
    ]);
    const simplification = database.connect('simplification', 'owner');
    await insertRows(simplification, 'simplification.document', [
      { network_id: 'NET-caf', id: `DOC-${key}`, title, kind: 'LETTER', published },
    ]);
    await insertRows(simplification, 'simplification.report', [
      {
        ...subject,
        ...{ id: `REP-${key}`, document_id: `DOC-${key}`, kind: 'LETTER', problems: ['JARGON'] },
        ...{ status: 'RECEIVED', received_on: '2024-02-01' },
      },
    ]);
  }
}
