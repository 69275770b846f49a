import { type Kysely, sql } from 'kysely';
import { connect } from '../../kernel/postgres/database.ts';
import { insertRows } from '../kit/insert.ts';
import { OTHER_NETWORK, OWN_NETWORK, OWN_STRUCTURE } from '../kit/roles.ts';
import { OTHER_SITE, SITE } from './rows.ts';
import type { Views } from './samples.ts';

/** Facts of networks: the table is the name of the placeholder. */
const FACTS: Readonly<Record<string, readonly string[]>> = {
  improvement: [
    'action_plan',
    'action',
    'conference',
    'eco_measure',
    'gap',
    'good_practice',
    'idea',
    'impact',
    'label',
    'listening_body',
    'practice_reuse',
    'self_diagnosis',
    'training_count',
  ],
  simplification: ['report', 'test_session'],
};

const OTHER_STRUCTURE = 'STR-DEMO-cpam-62';

const PLACES = [
  [OWN_NETWORK, OWN_STRUCTURE],
  [OTHER_NETWORK, OTHER_STRUCTURE],
] as const;

/** An id like another that nothing has. */
const unlike = (id: string): string => id.slice(0, -4) + (id.endsWith('none') ? 'nine' : 'none');

/**
 * One object of each kind that mutations write to, and one of another network, moved to the structures that the
 * tests ask about (of the demonstration set some kinds have none there); and rows of which that set has none.
 */
export async function placeRows(databaseUrl: string): Promise<Views> {
  const views: Record<string, Views[string]> = {};
  const keep = (name: string, own: string, other: string) => {
    views[name] = { own, other, unknown: unlike(other) };
  };
  await asOwner(databaseUrl, 'improvement', async (db) => {
    await sql`
      update improvement.frequent_error set network_id = ${OTHER_NETWORK} where id = 'ERR-DEMO-3'`.execute(
      db,
    );
    for (const name of ['frequent_error', ...(FACTS.improvement ?? [])])
      keep(name, ...(await moved(db, 'improvement', name)));
    for (const name of ['major_action', 'governance_session', 'decision'])
      keep(
        name,
        ...(await firstTwo(db, sql`select id from improvement.${sql.ref(name)} order by id limit 2`)),
      );
  });
  await asOwner(databaseUrl, 'simplification', async (db) => {
    for (const name of FACTS.simplification ?? []) keep(name, ...(await moved(db, 'simplification', name)));
    const document = (network: string) =>
      sql`(select id from simplification.document where network_id = ${network} order by id limit 1)`;
    keep(
      'document',
      ...(await firstTwo(db, sql`${document(OWN_NETWORK)} union all ${document(OTHER_NETWORK)}`)),
    );
    await addToSessions(db, views.test_session);
    await addToReports(db, views.report);
    for (const [network, structure] of PLACES)
      await sql`
        update simplification.report set structure_id = ${structure}, site_id = null
         where network_id = ${network} and id = (
          select min(id) from simplification.report where network_id = ${network} and status = 'RECEIVED')`.execute(
        db,
      );
  });
  await asOwner(databaseUrl, 'testimonies', async (db) => {
    const first = (state: string) =>
      sql`select id from testimonies.testimony where state = ${state} order by id limit 2`;
    keep('moderated', ...(await firstTwo(db, first('SUBMITTED'))));
    keep('testimony', ...(await firstTwo(db, first('PUBLISHED'))));
    const task = (structure: string) => sql`(
      select testimony_id || ':' || position as id
        from testimonies.concern join testimonies.testimony t on t.id = testimony_id
       where structure_id = ${structure} and status = 'DRAFT' and t.state = 'PUBLISHED' order by id limit 1)`;
    keep('task', ...(await firstTwo(db, sql`${task(OWN_STRUCTURE)} union all ${task(OTHER_STRUCTURE)}`)));
    await addToTestimonies(db, views);
  });
  return views;
}

async function asOwner(url: string, subgraph: string, work: (db: Kysely<object>) => Promise<void>) {
  const db = connect<object>(url, subgraph, 'owner', { max: 1 });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
}

type Select = ReturnType<typeof sql>;

async function firstTwo(db: Kysely<object>, select: Select): Promise<[string, string]> {
  const { rows } = await sql<{ id: string }>`${select}`.execute(db);
  const [own, other] = rows;
  if (!own || !other)
    throw new Error('The demonstration set no longer has two rows for test/access/placed.ts.');
  return [own.id, other.id];
}

/** Moves the first row of each network to the structure that is asked about. */
async function moved(db: Kysely<object>, schema: string, name: string): Promise<[string, string]> {
  const table = sql.table(`${schema}.${name}`);
  // One that everybody may read, where such a thing is published, and of which there is all to be read.
  const published =
    name === 'test_session'
      ? sql`true`
      : sql`id in (select id from ${sql.table(`${schema}.published_${name}`)})`;
  const full = name === 'report' ? sql`id in (select report_id from simplification.user_test)` : sql`true`;
  const territory = schema === 'improvement' ? sql`, territory_id = null` : sql``;
  const ids: string[] = [];
  for (const [network, structure] of PLACES) {
    const { rows } = await sql<{ id: string }>`
      update ${table} set structure_id = ${structure}, site_id = null ${territory}
       where network_id = ${network} and id = (select min(id) from ${table} where network_id = ${network} and ${published} and ${full})
      returning id`.execute(db);
    ids.push(...rows.map(({ id }) => id));
  }
  const [own, other] = ids;
  if (!own || !other)
    throw new Error(`The demonstration set no longer has ${schema}.${name} of both networks.`);
  return [own, other];
}

type Ids = Views[string] | undefined;

/** A volunteer of a panel, invited to both sessions. */
async function addToSessions(db: Kysely<object>, sessions: Ids): Promise<void> {
  const tester = {
    ...{ id: 'TESTER-1', reference: 'essai-1', enrolled_by: 'key:essai', departement_id: 'DEP-62' },
    ...{ consent: 'panel-2026', consented_on: '2026-01-01' },
  };
  await insertRows(db, 'simplification.tester', [tester]);
  await insertRows(
    db,
    'simplification.invitation',
    [sessions?.own, sessions?.other].map((session_id) => ({ session_id, tester_id: 'TESTER-1' })),
  );
}

/** A file that came with each report. */
async function addToReports(db: Kysely<object>, reports: Ids): Promise<void> {
  const file = { deposited_by: 'key:essai', type: 'image/png', bytes: 1, sha256: '0'.repeat(64), rank: 1 };
  const of = (network_id: string, nth: number, report_id = '') => ({
    ...file,
    ...{ id: `FILE-00000000-0000-4000-8000-00000000000${nth}`, network_id, report_id },
  });
  await insertRows(db, 'simplification.file', [
    of(OWN_NETWORK, 1, reports?.own),
    of(OTHER_NETWORK, 2, reports?.other),
  ]);
}

/** What a moderator is told to look at; a backlog of sites; what a service engaged to do. */
async function addToTestimonies(db: Kysely<object>, { moderated, task }: Views): Promise<void> {
  await sql`
    update testimonies.testimony set body = 'Écrivez à essai@exemple.fr'
     where id in (${moderated?.own}, ${moderated?.other})`.execute(db);
  for (const [id, site] of [
    [task?.own, SITE],
    [task?.other, OTHER_SITE],
  ])
    await sql`
      update testimonies.concern set site_id = ${site}
       where testimony_id = split_part(${id}, ':', 1) and position = split_part(${id}, ':', 2)::int`.execute(
      db,
    );
  await sql`
    insert into testimonies.engaged_action (network_id, testimony_id, position, engaged_on, words)
    select network_id, testimony_id, position, '2025-06-01', 'Essai' from testimonies.concern
     where structure_id = ${OWN_STRUCTURE} and status = 'PUBLISHED' order by testimony_id limit 1`.execute(
    db,
  );
}
