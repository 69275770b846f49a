import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { SAMPLE } from '../subgraphs/testimonies/fixtures/sample.ts';
import { seedTestimonies } from '../subgraphs/testimonies/fixtures/seed.ts';
import { testDatabase } from './kit/database.ts';
import { seedDirectory } from './kit/directory.ts';
import { ask, operation, startHub } from './kit/hub.ts';

const database = await testDatabase();
await seedDirectory(database);
await seedTestimonies(database.connect('testimonies', 'owner'), SAMPLE);
await sql`
  insert into simplification.document (network_id, id, title, kind, published)
  values ('NET-caf', 'DOC-1', 'Avis', 'LETTER', true)`.execute(database.connect('simplification', 'owner'));
await sql`
  insert into simplification.report (network_id, id, document_id, site_id, kind, problems, status, received_on, published)
  values ('NET-caf', 'REP-1', 'DOC-1', 'SITE-caf-62', 'LETTER', '{JARGON}', 'RECEIVED', '2024-02-01', true)`.execute(
  database.connect('simplification', 'owner'),
);
const improvement = database.connect('improvement', 'owner');
await sql`
  insert into improvement.action_plan (network_id, id, site_id, title, status, published)
  values ('NET-caf', 'PLAN-1', 'SITE-caf-62', 'Un plan', 'IN_PROGRESS', true)`.execute(improvement);
await sql`
  insert into improvement.self_diagnosis (network_id, id, site_id, made_on, published)
  values ('NET-caf', 'DIAG-1', 'SITE-caf-62', '2024-06-01', true)`.execute(improvement);
await sql`
  insert into improvement.label (network_id, id, site_id, level, granted_on, expires_on, published)
  values ('NET-caf', 'LABEL-1', 'SITE-caf-62', 'GOLD', current_date - 10, current_date + 1000, true)`.execute(
  improvement,
);
await sql`
  insert into improvement.impact (network_id, id, site_id, title, published_on, published)
  values ('NET-caf', 'IMPACT-1', 'SITE-caf-62', 'Une rampe', '2024-05-01', true)`.execute(improvement);
const hub = await startHub(database.url);

test('VoiceOfUsers: what is said, how fast it is answered, what is simplified', async () => {
  const { query } = operation('VoiceOfUsers');
  const { data, errors } = await ask(hub.url, query, { network: 'NET-caf', from: '2024-04-01' });
  expect(errors).toBeUndefined();
  const april = { dimension: 'MONTH', value: '2024-04', label: '2024-04' };
  expect(data).toEqual({
    network: {
      testimonyStats: [
        {
          keys: [april, { dimension: 'FEELING', value: 'NEGATIVE', label: 'Négatif' }],
          count: 1,
          share: 0.5,
        },
        { keys: [april, { dimension: 'FEELING', value: 'NEUTRAL', label: 'Neutre' }], count: 1, share: 0.5 },
      ],
      replyDelays: [
        { keys: [{ label: 'Île-de-France' }], medianDays: 4, p90Days: 4, answeredShare: 0.5, unanswered: 1 },
      ],
      simplificationReports: {
        totalCount: 1,
        nodes: [{ kind: 'LETTER', problems: ['JARGON'], receivedOn: '2024-02-01' }],
      },
      simplificationFunnel: { received: 1, rewritten: 0, tested: 0, disseminated: 0, medianDays: null },
    },
  });
});

test('Search: answered testimonies, with the names of the structures that replied', async () => {
  const { data, errors } = await ask(hub.url, operation('Search').query, { text: 'accueil agreable' });
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    testimonies: {
      totalCount: 1,
      nodes: [
        {
          title: 'Accueil très agréable',
          body: "J'ai été bien reçue pour mes allocations familiales.",
          pseudonym: 'Pseudo',
          concerns: [
            {
              structure: { name: 'CAF du Pas-de-Calais' },
              reply: { body: 'Merci à vous.', firstAnsweredOn: '2024-03-11' },
            },
            { structure: { name: 'France Travail Bapaume' }, reply: null },
          ],
        },
      ],
    },
  });
});

test('a territory, its sites, and what is said and done there', async () => {
  const { data, errors } = await ask(
    hub.url,
    `query ($t: ID!) { territory(id: $t) { name
       testimonyStats(filter: { network: "NET-caf" }, groupBy: [FEELING]) { keys { value label } count share }
       sites(filter: { networks: ["NET-caf"] }, first: 20) { totalCount nodes { name
         testimonies(first: 3) { totalCount nodes { title feeling writtenOn answered } }
         simplificationReports { totalCount } actionPlans { totalCount } label { level } impacts { title publishedOn } } } } }`,
    { t: 'DEP-62' },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    territory: {
      name: 'Pas-de-Calais',
      testimonyStats: [{ keys: [{ value: 'POSITIVE', label: 'Positif' }], count: 1, share: 1 }],
      sites: {
        totalCount: 1,
        nodes: [
          {
            name: 'Caf - Arras',
            testimonies: {
              totalCount: 1,
              nodes: [
                {
                  title: 'Accueil très agréable',
                  feeling: 'POSITIVE',
                  writtenOn: '2024-03-01',
                  answered: true,
                },
              ],
            },
            simplificationReports: { totalCount: 1 },
            actionPlans: { totalCount: 1 },
            label: { level: 'GOLD' },
            impacts: [{ title: 'Une rampe', publishedOn: '2024-05-01' }],
          },
        ],
      },
    },
  });
});

test('node finds each of the seven kinds, and null for what nobody has or may see', async () => {
  const ids = ['TEM-1', 'REP-1', 'DOC-1', 'PLAN-1', 'DIAG-1', 'LABEL-1', 'IMPACT-1'];
  const unknown = ['TEM-4', 'TEM-999', 'REP-9', 'DOC-9', 'PLAN-9', 'DIAG-9', 'LABEL-9', 'IMPACT-9'];
  const { data, errors } = await ask(
    hub.url,
    `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
       ... on Testimony { title concerns { structure { name } } } ... on SimplificationReport { kind document { title } }
       ... on ActionPlan { status site { name } } ... on Label { level } } }`,
    { ids: [...ids, ...unknown] },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    nodes: [
      {
        __typename: 'Testimony',
        id: 'TEM-1',
        title: 'Accueil très agréable',
        concerns: [
          { structure: { name: 'CAF du Pas-de-Calais' } },
          { structure: { name: 'France Travail Bapaume' } },
        ],
      },
      { __typename: 'SimplificationReport', id: 'REP-1', kind: 'LETTER', document: { title: 'Avis' } },
      { __typename: 'AdministrativeDocument', id: 'DOC-1' },
      { __typename: 'ActionPlan', id: 'PLAN-1', status: 'IN_PROGRESS', site: { name: 'Caf - Arras' } },
      { __typename: 'SelfDiagnosis', id: 'DIAG-1' },
      { __typename: 'Label', id: 'LABEL-1', level: 'GOLD' },
      { __typename: 'Impact', id: 'IMPACT-1' },
      ...unknown.map(() => null),
    ],
  });
});
