import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ANONYMOUS, newKey, outcomeOf, TODAY } from '../fixtures/writers.ts';
import { HEADQUARTERS, REFERENT, repliersWorld, VALIDATOR } from './fixtures/repliers.ts';

const { tell, send, seen, ask, owner, stored } = await repliersWorld();

const CONCERNS = 'answered concerns { id status reply { body firstAnsweredOn aiSimilarity } }';
const DRAFT = { body: 'Bonjour, nous avons ouvert un second guichet.', aiDraft: 'Bonjour, merci.' };
const testimonyOf = (id: string) => id.slice(0, id.lastIndexOf(':'));

/** Drafts, submits and publishes a reply: the version that comes next. */
async function publish(id: string, draft: object = DRAFT, version = 1): Promise<number> {
  await send(REFERENT, 'draftReply', { id, version, ...draft });
  await send(REFERENT, 'submitReply', { id, version: version + 1 });
  expect(outcomeOf(await send(VALIDATOR, 'publishReply', { id, version: version + 2 }))).toBe('done');
  return version + 3;
}

test('drafted, sent back, drafted anew, validated: the public sees it at once, and nothing of it before', async () => {
  const [id = ''] = await tell();
  const drafted = await send(REFERENT, 'draftReply', { id, version: 1, ...DRAFT });
  expect(drafted).toEqual({
    task: {
      id,
      state: 'DRAFT',
      version: 2,
      // The referent may not validate.
      steps: ['DRAFT', 'SUBMIT', 'TRANSFER'],
      body: DRAFT.body,
      // One word of seven is common, « Bonjour ».
      aiSimilarity: 14.29,
      sentBackReason: null,
      structure: { id: 'STR-caf-62' },
      site: null,
      handedOnTo: null,
      handedOnFrom: null,
    },
    userErrors: [],
  });
  const submitted = await send(REFERENT, 'submitReply', { id, version: 2 });
  expect(submitted['task']).toMatchObject({ state: 'TO_VALIDATE', steps: [] });
  const waiting = { id, status: 'TO_PROCESS', reply: null };
  expect(await seen(ANONYMOUS, testimonyOf(id), CONCERNS)).toEqual({ answered: false, concerns: [waiting] });
  const back = await send(VALIDATOR, 'sendBackReply', { id, version: 3, reason: ' Remercier d’abord ' });
  expect(back['task']).toMatchObject({
    state: 'DRAFT',
    version: 4,
    steps: ['DRAFT', 'SUBMIT', 'TRANSFER'],
    sentBackReason: 'Remercier d’abord',
  });
  await send(REFERENT, 'draftReply', { id, version: 4, body: 'Merci !' });
  const again = await send(REFERENT, 'submitReply', { id, version: 5 });
  expect(again['task']).toMatchObject({ sentBackReason: null, aiSimilarity: 50 });
  const published = await send(VALIDATOR, 'publishReply', { id, version: 6 });
  expect(published['task']).toMatchObject({ state: 'PUBLISHED', version: 7, steps: ['CORRECT'] });
  const reply = { body: 'Merci !', firstAnsweredOn: TODAY, aiSimilarity: 50 };
  expect(await seen(ANONYMOUS, testimonyOf(id), CONCERNS)).toEqual({
    answered: true,
    concerns: [{ id, status: 'PUBLISHED', reply }],
  });
});

test('the first day stays for ever, whatever is corrected; the similarity too, unless an AI proposed it', async () => {
  const [id = ''] = await tell();
  const version = await publish(id);
  await sql`
    update testimonies.reply set first_answered_on = '2026-11-10' where testimony_id = ${testimonyOf(id)}`.execute(
    owner,
  );
  const reason = 'Faute de frappe';
  const corrected = await send(VALIDATOR, 'correctReply', { id, version, body: 'Merci à vous.', reason });
  expect(corrected['task']).toMatchObject({ state: 'PUBLISHED', body: 'Merci à vous.', aiSimilarity: 14.29 });
  expect(await seen(ANONYMOUS, testimonyOf(id), CONCERNS)).toMatchObject({
    concerns: [{ reply: { body: 'Merci à vous.', firstAnsweredOn: '2026-11-10', aiSimilarity: 14.29 } }],
  });
  const anew = { body: 'Merci à vous.', aiDraft: 'merci à toi', reason };
  const compared = await send(VALIDATOR, 'correctReply', { id, version: version + 1, ...anew });
  expect(compared['task']).toMatchObject({ aiSimilarity: 66.67 });
});

test('the draft of an AI is kept as long as the reply is a draft, and nowhere else', async () => {
  const [id = ''] = await tell();
  const kept = async () => {
    const { rows } = await sql<{ body: string }>`
      select body from testimonies.ai_draft where testimony_id = ${testimonyOf(id)}`.execute(owner);
    return rows.map(({ body }) => body);
  };
  const secret = 'Proposition de la machine';
  await send(REFERENT, 'draftReply', { id, version: 1, body: 'Bonjour', aiDraft: secret });
  expect(await kept()).toEqual([secret]);
  await send(REFERENT, 'draftReply', { id, version: 2, body: secret });
  await send(REFERENT, 'submitReply', { id, version: 3 });
  expect(await kept()).toEqual([secret]);
  await send(VALIDATOR, 'publishReply', { id, version: 4 });
  expect(await kept()).toEqual([]);
  expect(await seen(ANONYMOUS, testimonyOf(id), CONCERNS)).toMatchObject({
    concerns: [{ reply: { aiSimilarity: 100 } }],
  });
  const { rows } = await sql<{ found: boolean }>`
    select position('machine' in concat(before::text, after::text, reason)) > 0 as found from testimonies.audit
     where object_id = ${id}`.execute(owner);
  expect(rows.filter(({ found }) => found)).toEqual([]);
  expect(rows).toHaveLength(4);
});

test('delays are exact once it is published, and the search finds the testimony among those answered', async () => {
  const title = 'Quetzalcoatl au guichet';
  const [id = ''] = await tell([{ structure: 'STR-caf-62' }], { title, writtenOn: '2026-10-13' });
  const QUERY = `{
    replyDelays(filter: { search: "quetzalcoatl" }) { expected answered unanswered medianDays overdue }
    testimonies(filter: { search: "quetzalcoatl", answered: true }) { totalCount }
    testimonyStats(filter: { search: "quetzalcoatl", answered: true }, groupBy: [FEELING]) { count } }`;
  const before = { expected: 1, answered: 0, unanswered: 1, medianDays: null, overdue: null };
  expect((await ask(ANONYMOUS, QUERY)).data).toEqual({
    replyDelays: [before],
    testimonies: { totalCount: 0 },
    testimonyStats: [],
  });
  await publish(id);
  const after = { expected: 1, answered: 1, unanswered: 0, medianDays: 40, overdue: null };
  expect((await ask(ANONYMOUS, QUERY)).data).toEqual({
    replyDelays: [after],
    testimonies: { totalCount: 1 },
    testimonyStats: [{ count: 1 }],
  });
});

test('mistakes are told with their place, and change nothing', async () => {
  const [id = ''] = await tell();
  const codes = async (name: string, input: object, who = VALIDATOR) => {
    const { userErrors } = await send(who, name, { id, version: 1, ...input });
    return userErrors?.map(({ code, path }) => `${code} ${path.join('.')}`);
  };
  expect(await codes('draftReply', { body: ' \n ' })).toEqual(['REQUIRED input.body']);
  expect(await codes('draftReply', { body: 'a'.repeat(10_001) })).toEqual(['TOO_LONG input.body']);
  expect(await codes('draftReply', { body: 'a', aiDraft: '' })).toEqual(['REQUIRED input.aiDraft']);
  expect(await codes('submitReply', {})).toEqual(['IMPOSSIBLE_TRANSITION input']);
  expect(await stored(id)).toEqual({ state: 'TO_PROCESS', version: 1 });
  const [late = ''] = await tell([{ structure: 'STR-caf-62' }], { state: 'SUBMITTED' });
  const refused = await send(REFERENT, 'draftReply', { id: late, version: 1, body: 'Trop tôt' });
  expect(refused).toMatchObject({
    task: null,
    userErrors: [
      {
        code: 'TESTIMONY_NOT_PUBLISHED',
        message: 'this testimony is SUBMITTED: it is replied to once the moderation has published it',
      },
    ],
  });
  const [empty = ''] = await tell([{ structure: 'STR-caf-62', status: 'DRAFT' }]);
  expect(outcomeOf(await send(REFERENT, 'submitReply', { id: empty, version: 1 }))).toBe('EMPTY_REPLY');
});

test('a request sent again gives its first answer; of two agents with one version, one is in conflict', async () => {
  const [id = ''] = await tell();
  const input = { id, version: 1, body: 'Une fois', idempotencyKey: newKey() };
  const [first, twin] = await Promise.all([
    send(REFERENT, 'draftReply', input),
    send(REFERENT, 'draftReply', input),
  ]);
  expect(twin).toEqual(first);
  expect(await send(REFERENT, 'draftReply', input)).toEqual(first);
  expect(await stored(id)).toEqual({ state: 'DRAFT', version: 2 });
  expect(outcomeOf(await send(REFERENT, 'draftReply', { ...input, body: 'Autre' }))).toBe('BAD_USER_INPUT');
  const race = await Promise.all([
    send(REFERENT, 'draftReply', { id, version: 2, body: 'A' }),
    send(HEADQUARTERS, 'draftReply', { id, version: 2, body: 'B' }),
  ]);
  expect(race.map(outcomeOf).sort()).toEqual(['CONFLICT', 'done']);
});

test('every step is in the audit of the network, without a word of the reply', async () => {
  const [id = ''] = await tell();
  await publish(id, { body: 'Le mot zanzibar' });
  const { data } = await ask(
    HEADQUARTERS,
    '{ _entities(representations: [{ __typename: "AuditTrail", networkId: "NET-caf" }]) { ... on AuditTrail { testimonies(first: 100) { nodes { action object before after actor } } } } }',
  );
  const nodes: { action: string; object: string; after: string; actor: string }[] =
    data._entities[0].testimonies.nodes;
  const mine = nodes.filter(({ object }) => object === id);
  expect(mine.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
    'REPLY_PUBLISHED person:cnaf',
    'REPLY_SUBMITTED person:arras',
    'REPLY_DRAFTED person:arras',
  ]);
  expect(JSON.parse(mine[0]?.after ?? '')).toEqual({
    state: 'PUBLISHED',
    version: 4,
    firstAnsweredOn: TODAY,
    aiSimilarity: null,
  });
  expect(JSON.stringify(nodes)).not.toContain('zanzibar');
});
