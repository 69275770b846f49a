import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { seedModerated } from '../fixtures/moderated.ts';
import { ANONYMOUS, type Answer, HQ, MODERATOR, newKey, writersWorld } from '../fixtures/writers.ts';

const { owner, plain, ask, write } = await writersWorld();
const tag = (input: object, who = MODERATOR): Promise<Answer> =>
  write(
    who,
    'tagTestimony',
    'TagTestimonyInput',
    { id: 'TEM-4', version: 1, tags: ['relation'], ...input },
    'testimony { version state tags { id label } }',
  );

beforeEach(() => seedModerated(plain));

test('the themes of a public testimony are replaced, seen, filtered by and counted at once', async () => {
  expect((await tag({ tags: ['relation', 'accessibilite'] })).testimony).toEqual({
    version: 2,
    state: 'PUBLISHED',
    tags: [
      { id: 'accessibilite', label: 'Accessibilité' },
      { id: 'relation', label: 'Relation' },
    ],
  });
  await tag({ version: 2, tags: ['reactivite'] });
  const { data } = await ask(
    ANONYMOUS,
    `{ testimony(id: "TEM-4") { tags { id } }
       old: testimonies(filter: { tags: ["relation"] }) { totalCount }
       now: testimonies(filter: { tags: ["reactivite"] }) { totalCount }
       testimonyStats(groupBy: [TAG]) { keys { value } count } }`,
  );
  expect(data).toEqual({
    testimony: { tags: [{ id: 'reactivite' }] },
    old: { totalCount: 0 },
    now: { totalCount: 1 },
    testimonyStats: [{ keys: [{ value: 'reactivite' }], count: 1 }],
  });
  const { rows } = await sql`
    select before ->> 'tags' as before, after ->> 'tags' as after from testimonies.audit
     where action = 'TESTIMONY_TAGGED' order by id desc limit 1`.execute(owner);
  expect(rows).toEqual([{ before: '["accessibilite", "relation"]', after: '["reactivite"]' }]);
});

test('what waits may be sorted before it is published', async () => {
  await tag({ id: 'TEM-1', tags: ['simplicite-complexite'] });
  await write(MODERATOR, 'publishTestimony', 'ModerationInput', { id: 'TEM-1', version: 2 }, '');
  const { data } = await ask(ANONYMOUS, '{ testimony(id: "TEM-1") { tags { id } } }');
  expect(data.testimony.tags).toEqual([{ id: 'simplicite-complexite' }]);
});

test.each([
  ['an unknown theme', { tags: ['accueil'] }, 'UNKNOWN_TAG'],
  ['a theme twice', { tags: ['relation', 'relation'] }, 'DUPLICATE'],
  ['what is rejected', { id: 'TEM-3' }, 'IMPOSSIBLE_TRANSITION'],
])('%s is refused', async (_what, input, code) => {
  expect((await tag(input)).userErrors).toMatchObject([{ code }]);
});

test('by those who moderate, on what they read, once', async () => {
  expect(await tag({}, HQ)).toMatchObject({ error: 'FORBIDDEN' });
  expect(await tag({ id: 'TEM-none' })).toMatchObject({ error: 'NOT_FOUND' });
  expect(await tag({ version: 7 })).toMatchObject({ error: 'CONFLICT' });
  const idempotencyKey = newKey();
  const [one, two] = await Promise.all([tag({ idempotencyKey }), tag({ idempotencyKey })]);
  expect(one).toEqual(two);
  expect(one).toMatchObject({ testimony: { version: 2 } });
});
