import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { seedModerated } from '../fixtures/moderated.ts';
import {
  ANONYMOUS,
  type Answer,
  DITP,
  HQ,
  MODERATOR,
  newKey,
  outcomeOf,
  PORTAL,
  TODAY,
  writersWorld,
} from '../fixtures/writers.ts';

const { owner, plain, ask, write } = await writersWorld();
const FIELDS = `testimony { id version state title body pseudonym publishedOn decidedOn rejectionReason rejectionWords
  possibleSteps }`;
const TYPES: Readonly<Record<string, string>> = {
  mask: 'MaskTestimonyInput',
  reject: 'RejectTestimonyInput',
};
const decide = (verb: string, input: object, who = MODERATOR): Promise<Answer> =>
  write(
    who,
    `${verb}Testimony`,
    TYPES[verb === 'withdraw' ? 'reject' : verb] ?? 'ModerationInput',
    { id: 'TEM-1', version: 1, ...input },
    FIELDS,
  );

beforeEach(() => seedModerated(plain));

test('a published testimony is public from today on, everywhere', async () => {
  const { testimony } = await decide('publish', {});
  expect(testimony).toMatchObject({
    state: 'PUBLISHED',
    version: 2,
    publishedOn: TODAY,
    decidedOn: TODAY,
    possibleSteps: ['WITHDRAW'],
  });
  const { data } = await ask(ANONYMOUS, PUBLIC);
  expect(data).toMatchObject({
    testimony: { publishedOn: TODAY, concerns: [{ reply: { body: 'Merci.' } }] },
    testimonies: { nodes: [{ id: 'TEM-1' }] },
  });
});

const PUBLIC = `{ testimony(id: "TEM-1") { id publishedOn concerns { reply { body } } }
  testimonies(filter: { search: "quibblement" }) { totalCount nodes { id } }
  testimonyStats(groupBy: [PROCEDURE]) { count keys { label } } }`;

test('what is taken back is in no public view, with its replies, from the moment on', async () => {
  await decide('publish', {});
  const { testimony } = await decide('withdraw', { version: 2, reason: 'AGENT_NAMED' });
  expect(testimony).toMatchObject({
    state: 'REJECTED',
    version: 3,
    publishedOn: null,
    decidedOn: TODAY,
    rejectionReason: 'AGENT_NAMED',
    rejectionWords: 'Agent nommé ou reconnaissable',
    possibleSteps: ['RECONSIDER'],
  });
  const { data } = await ask(ANONYMOUS, PUBLIC);
  expect(data).toMatchObject({ testimony: null, testimonies: { totalCount: 0, nodes: [] } });
  expect(JSON.stringify(data.testimonyStats)).not.toContain('aide au logement');
  const views = await sql<{ name: string }>`
    select table_name as name from information_schema.views v
     where table_schema = 'testimonies' and exists (
       select from information_schema.columns c
        where c.table_schema = v.table_schema and c.table_name = v.table_name and c.column_name = 'testimony_id')`.execute(
    plain,
  );
  expect(views.rows.length).toBeGreaterThan(3);
  for (const { name } of views.rows) {
    const { rows } = await sql`
      select from testimonies.${sql.id(name)} where testimony_id = 'TEM-1'`.execute(plain);
    expect([name, rows]).toEqual([name, []]);
  }
});

test('a rejection has a reason, in words where it is another one', async () => {
  expect(outcomeOf(await decide('reject', { reason: 'OTHER', words: '  ' }))).toBe('REQUIRED');
  expect(outcomeOf(await decide('reject', { reason: 'INSULTS', words: 'a'.repeat(1001) }))).toBe('TOO_LONG');
  const { testimony } = await decide('reject', { reason: 'OTHER', words: ' Texte illisible ' });
  expect(testimony).toMatchObject({
    rejectionReason: 'OTHER',
    rejectionWords: 'Texte illisible',
    version: 2,
  });
  const again = await decide('reconsider', { version: 2 });
  expect(again.testimony).toMatchObject({ state: 'SUBMITTED', rejectionReason: null, rejectionWords: null });
});

test('the audit tells who decided what, and no text: neither the user’s nor the moderator’s', async () => {
  await decide('reject', { reason: 'AGENT_NAMED', words: 'Nomme Mme Petit' });
  await decide('reconsider', { version: 2 });
  const { data } = await ask(
    DITP,
    `{ _entities(representations: [{ __typename: "AuditTrail", networkId: "NET-caf" }]) {
       ... on AuditTrail { testimonies { nodes { action actor role object before after reason } } } } }`,
  );
  const entry = { actor: 'person:moderator', role: 'MODERATOR', object: 'TEM-1', reason: null };
  expect(data._entities[0].testimonies.nodes.slice(0, 2)).toEqual([
    {
      action: 'TESTIMONY_RECONSIDERED',
      ...entry,
      before: '{"state": "REJECTED", "reason": "AGENT_NAMED", "version": 2}',
      after: '{"state": "SUBMITTED", "version": 3}',
    },
    {
      action: 'TESTIMONY_REJECTED',
      ...entry,
      before: '{"state": "SUBMITTED", "version": 1}',
      after: '{"state": "REJECTED", "reason": "AGENT_NAMED", "version": 2}',
    },
  ]);
});

describe('a mask', () => {
  test('takes passages and the pseudonym away, where imports keep them too', async () => {
    await sql`
      insert into testimonies.import (id, feed, scope, file_name, sha256, bytes, state)
      values ('00000000-0000-4000-8000-000000000001', 'testimonies', 'all', 'a.csv', 'x', 1, 'FAILED')`.execute(
      plain,
    );
    await sql`
      insert into testimonies.import_before (import_id, entity, entity_id, before)
      select '00000000-0000-4000-8000-000000000001', 'testimony', id, to_jsonb(t)
        from testimonies.testimony t where id = 'TEM-1'`.execute(plain);
    const { testimony } = await decide('mask', {
      passages: [
        { field: 'TITLE', start: 8, end: 17 },
        { field: 'BODY', start: 18, end: 32 },
        { field: 'PSEUDONYM', start: 0, end: 1 },
      ],
    });
    expect(testimony).toMatchObject({
      title: 'Merci à […]',
      body: 'Un quibblement au […].',
      pseudonym: null,
      state: 'SUBMITTED',
      version: 2,
    });
    const { rows } = await sql<{ before: string }>`
      select before ->> 'title' || (before ->> 'body') || coalesce(before ->> 'pseudonym', '-') as before
        from testimonies.import_before`.execute(plain);
    expect(rows).toEqual([{ before: 'Merci à […]Un quibblement au […].-' }]);
  });

  test('refuses what is not in the text, and nothing at all', async () => {
    const { userErrors } = await decide('mask', { passages: [{ field: 'TITLE', start: 8, end: 99 }] });
    expect(userErrors).toMatchObject([{ code: 'OUT_OF_RANGE', path: ['input', 'passages', '0'] }]);
    expect(outcomeOf(await decide('mask', {}))).toBe('REQUIRED');
    const many = Array(51).fill({ field: 'BODY', start: 0, end: 1 });
    expect(outcomeOf(await decide('mask', { passages: many }))).toBe('TOO_MANY');
  });
});

test('a decision on what nobody knows, or by nobody who may, changes nothing', async () => {
  expect(await decide('publish', { id: 'TEM-404' })).toMatchObject({ error: 'NOT_FOUND' });
  expect(await decide('publish', {}, ANONYMOUS)).toMatchObject({ error: 'UNAUTHENTICATED' });
  for (const who of [PORTAL, HQ])
    expect(await decide('publish', {}, who)).toMatchObject({ error: 'FORBIDDEN' });
  expect(await decide('publish', { version: 2 })).toMatchObject({ error: 'CONFLICT' });
  const { data } = await ask(MODERATOR, '{ moderatedTestimony(id: "TEM-1") { version state } }');
  expect(data.moderatedTestimony).toEqual({ version: 1, state: 'SUBMITTED' });
});

test('a decision that is sent again is made once', async () => {
  const published = async () =>
    (
      await sql`
      select from testimonies.audit where object_id = 'TEM-1' and action = 'TESTIMONY_PUBLISHED'`.execute(
        plain,
      )
    ).rows.length;
  const before = await published();
  const idempotencyKey = newKey();
  const first = await decide('publish', { idempotencyKey });
  expect(await decide('publish', { idempotencyKey })).toEqual(first);
  expect(await decide('publish', { idempotencyKey, version: 2 })).toMatchObject({ error: 'BAD_USER_INPUT' });
  expect(await published()).toBe(before + 1);
});

test('of two moderators at once, one decides', async () => {
  const outcomes = (
    await Promise.all([
      decide('publish', {}),
      decide('reject', { reason: 'INSULTS' }, DITP),
      decide('publish', {}, DITP),
    ])
  ).map(outcomeOf);
  expect(outcomes.toSorted()).toEqual(['CONFLICT', 'CONFLICT', 'done']);
  expect(
    await owner.selectFrom('testimonies.testimony').select('version').where('id', '=', 'TEM-1').execute(),
  ).toEqual([{ version: 2 }]);
});
