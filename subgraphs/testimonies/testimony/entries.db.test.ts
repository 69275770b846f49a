import { type Kysely, type RawBuilder, sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { SAMPLE } from '../fixtures/sample.ts';
import { seedTestimonies } from '../fixtures/seed.ts';

const database = await testDatabase();
await seedDirectory(database);
const owner = database.connect<unknown>('testimonies', 'owner', { max: 3 });
const reader = database.connect<unknown>('testimonies', 'public');

beforeEach(async () => {
  await sql`truncate testimonies.testimony cascade`.execute(owner);
  await seedTestimonies(owner, SAMPLE);
});

const rows = async (db: Kysely<unknown>, query: RawBuilder<unknown>) => (await query.execute(db)).rows;

/** What the rows should be, read from what readers are shown and not as triggers write them. */
const expected = () =>
  rows(
    owner,
    sql`
    select t.id, coalesce(c.position, 0)::int as position, t.published_on, t.written_on, t.feeling, t.posted_as,
           t.user_departement_id, t.action_engaged, t.answered, c.network_id, c.structure_id, c.site_id, c.status,
           c.departement_id, (select r.first_answered_on from testimonies.published_reply r
              where r.testimony_id = t.id and r.position = c.position) as answered_on,
           coalesce((select array_agg(g.tag_id order by g.tag_id) from testimonies.published_tag g
                      where g.testimony_id = t.id), '{}') as tags,
           coalesce((select array_agg(coalesce(p.procedure_id, p.label) order by 1)
                       from testimonies.published_procedure p where p.testimony_id = t.id), '{}') as procedures,
           (select count(*) from testimonies.published_concern o where o.testimony_id = t.id) <= 1 as is_only
      from testimonies.published_testimony t left join testimonies.published_concern c on c.testimony_id = t.id
     order by t.id, position`,
  );
const followed = () =>
  rows(
    reader,
    sql`
    select testimony_id as id, position, published_on, written_on, feeling, posted_as, user_departement_id,
           action_engaged, answered, network_id, structure_id, site_id, status, departement_id,
           first_answered_on as answered_on, tags, procedures, is_only
      from testimonies.published_entry order by testimony_id, position`,
  );
const found = async (word: string) =>
  (
    await rows(
      reader,
      sql`select distinct testimony_id as id from testimonies.published_entry
           where testimonies.words_told(testimony_id) @@ testimonies.search_query(${word}) order by 1`,
    )
  ).map((row) => (row as { id: string }).id);

test('the sample, published testimonies only', async () => {
  expect(await followed()).toEqual(await expected());
  expect((await followed()).map((row) => (row as { id: string }).id)).toEqual([
    'TEM-1',
    'TEM-1',
    'TEM-2',
    'TEM-3',
  ]);
});

const WRITES: Record<string, RawBuilder<unknown>> = {
  'a moderation': sql`update testimonies.testimony set state = 'PUBLISHED', published_on = '2024-05-01' where id = 'TEM-4'`,
  'a rejection': sql`update testimonies.testimony set state = 'REJECTED', rejection_reason = 'x' where id = 'TEM-1'`,
  'another text': sql`update testimonies.testimony set title = 'Guichet neuf', feeling = 'NEGATIVE' where id = 'TEM-3'`,
  'a new one': sql`
    insert into testimonies.testimony (id, state, title, body, feeling, written_on, published_on)
    values ('TEM-9', 'PUBLISHED', 'a', 'b', 'NEUTRAL', '2024-05-01', '2024-05-02')`,
  'an erasure': sql`delete from testimonies.testimony where id = 'TEM-1'`,
  'a draft begun': sql`update testimonies.concern set status = 'DRAFT' where structure_id = 'STR-caf-62'`,
  'a reply published': sql`
    with done as (update testimonies.concern set status = 'PUBLISHED' where testimony_id = 'TEM-2' returning 1)
    update testimonies.reply set first_answered_on = '2024-06-01' where testimony_id = 'TEM-2'`,
  'a reply withdrawn': sql`delete from testimonies.reply where testimony_id = 'TEM-3'`,
  'a transfer': sql`
    with left_behind as (update testimonies.concern set status = 'TRANSFERRED' where testimony_id = 'TEM-2' returning 1)
    insert into testimonies.concern (network_id, testimony_id, position, origin, structure_id, channels, status)
    values ('NET-caf', 'TEM-2', 4, 1, 'STR-caf-62', '{}', 'TO_PROCESS')`,
  'no structure any more': sql`delete from testimonies.concern where testimony_id = 'TEM-1'`,
  'tags exchanged': sql`update testimonies.testimony_tag set tag_id = 'accessibilite' where testimony_id = 'TEM-2'`,
  'a tag taken away': sql`delete from testimonies.testimony_tag where tag_id = 'relation'`,
  'a procedure recognised': sql`update testimonies.testimony_procedure set procedure_id = 'PROC-x' where label = 'inscription'`,
  'all at once': sql`update testimonies.testimony set written_on = written_on - 1`,
};

test.each(Object.keys(WRITES))('rows follow %s', async (name) => {
  await (WRITES[name] as RawBuilder<unknown>).execute(owner);
  const after = await expected();
  expect(await followed()).toEqual(after);
  expect(await rows(owner, sql`select from testimonies.entry_due`)).toEqual([]);
});

test('words follow too: what was said before is found no more', async () => {
  expect(await found('portail')).toEqual(['TEM-3']);
  await WRITES['another text']?.execute(owner);
  expect(await found('portail')).toEqual([]);
  expect(await found('guichets neufs')).toEqual(['TEM-3']);
  expect(await found('réclamation')).toEqual(['TEM-2']);
  await WRITES['a moderation']?.execute(owner);
  expect(await found('réclamation')).toEqual(['TEM-2', 'TEM-4']);
  await WRITES['a rejection']?.execute(owner);
  expect(await found('agréable')).toEqual([]);
});

test('what a transaction takes back, whole or in part, leaves no trace', async () => {
  const before = await followed();
  await expect(
    owner.transaction().execute(async (trx) => {
      await WRITES['another text']?.execute(trx);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await followed()).toEqual(before);
  await owner.transaction().execute(async (trx) => {
    await sql`savepoint one`.execute(trx);
    await WRITES['a rejection']?.execute(trx);
    await sql`rollback to savepoint one`.execute(trx);
    await WRITES['another text']?.execute(trx);
  });
  expect(await followed()).toEqual(await expected());
  expect(await found('neuf')).toEqual(['TEM-3']);
});

test('two who write of the same testimony at once leave what both wrote', async () => {
  for (let round = 0; round < 10; round += 1) {
    const day = `2024-07-${10 + round}`;
    await Promise.all([
      owner
        .transaction()
        .execute((trx) =>
          sql`update testimonies.reply set first_answered_on = ${day}::date where testimony_id = 'TEM-1'`.execute(
            trx,
          ),
        ),
      owner
        .transaction()
        .execute((trx) =>
          sql`update testimonies.concern set channels = array[${day}] where testimony_id = 'TEM-1' and position = 2`.execute(
            trx,
          ),
        ),
    ]);
    expect(await followed()).toEqual(await expected());
    const channels = sql`select channels from testimonies.published_entry where testimony_id = 'TEM-1' and position = 2`;
    expect(await rows(reader, channels)).toEqual([{ channels: [day] }]);
  }
});

test('a vote writes no row anew', async () => {
  const numbers = () => rows(owner, sql`select testimony_id, number from testimonies.entry order by 1, 2`);
  const before = await numbers();
  await sql`update testimonies.testimony set similar_experiences = 5, version = version + 1`.execute(owner);
  expect(await numbers()).toEqual(before);
});
