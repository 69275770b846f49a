import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../kernel/config.ts';
import { askOf } from '../../../test/kit/ask.ts';
import { SUBMITTED, submission } from '../fixtures/submitted.ts';
import {
  ANONYMOUS,
  type Answer,
  HQ,
  newKey,
  OTHER_PORTAL,
  outcomeOf,
  PERSON,
  PORTAL,
  TODAY,
  writersWorld,
} from '../fixtures/writers.ts';
import { openTestimonies } from '../server.ts';

const { database, owner, plain, ask, write } = await writersWorld();
const submit = (parts: object = {}, who = PORTAL) =>
  write(who, 'submitTestimony', 'SubmitTestimonyInput', submission(parts), SUBMITTED);
const idOf = ({ testimony }: Answer) => (testimony as { id: string }).id;
const rows = async (query: ReturnType<typeof sql>) => (await query.execute(plain)).rows;

test('a testimony is taken in whole, and waits', async () => {
  const answer = await submit({ writtenOn: '2026-11-01', procedures: ['PROC-logement', 'aide', 'aide '] });
  expect(outcomeOf(answer)).toBe('done');
  expect(answer.testimony).toMatchObject({
    id: expect.stringMatching(/^TEM-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    state: 'SUBMITTED',
    receipt: expect.stringMatching(/^[\w-]{43}$/),
  });
  const id = idOf(answer);
  const [kept] = await rows(sql`
    select to_jsonb(t) - 'search' - 'written_at' - 'submitted_at' as row from testimonies.testimony t where id = ${id}`);
  expect(kept).toEqual({
    row: expect.objectContaining({
      state: 'SUBMITTED',
      title: 'Accueil à revoir',
      pseudonym: 'Zorglub77',
      written_on: '2026-11-01',
      user_departement_id: 'DEP-62',
      user_region_id: 'REG-32',
      publication_consent: 'publication-2026',
      import_id: null,
      version: 1,
      published_on: null,
    }),
  });
  expect(
    await rows(sql`
    select network_id, position, structure_id, site_id, channels, status from testimonies.concern where testimony_id = ${id}`),
  ).toEqual([
    {
      network_id: 'NET-caf',
      position: 1,
      structure_id: 'STR-caf-62',
      site_id: 'SITE-caf-62',
      channels: ['Téléphone', 'Guichet'],
      status: 'TO_PROCESS',
    },
  ]);
  expect(
    await rows(sql`
    select label, procedure_id from testimonies.testimony_procedure where testimony_id = ${id} order by label`),
  ).toEqual([
    { label: 'PROC-logement', procedure_id: 'PROC-logement' },
    { label: 'aide', procedure_id: null },
  ]);
});

test('until it is published nobody finds it by any public way', async () => {
  const id = idOf(await submit({ title: 'Quibblement' }));
  const { data } = await ask(
    HQ,
    `{ testimony(id: "${id}") { id }
       testimonies(filter: { search: "quibblement" }) { totalCount }
       testimonyStats(groupBy: [FEELING]) { count } }`,
  );
  expect(data).toMatchObject({ testimony: null, testimonies: { totalCount: 0 }, testimonyStats: [] });
});

test('the audit of each network tells that it came, and nothing that the user wrote', async () => {
  const id = idOf(
    await submit({
      concerns: [{ structure: 'STR-caf-62' }, { structure: 'STR-ft-bapaume' }, { site: 'SITE-caf-75' }],
    }),
  );
  const entries = await owner
    .selectFrom('testimonies.audit')
    .select(['network_id', 'action', 'subject', 'before', 'after', 'reason', 'request_id'])
    .where('object_id', '=', id)
    .orderBy('network_id')
    .execute();
  const entry = {
    action: 'TESTIMONY_SUBMITTED',
    subject: 'key:portal',
    before: null,
    after: { state: 'SUBMITTED', version: 1 },
    reason: null,
    request_id: 'request-0001',
  };
  expect(entries).toEqual([
    { network_id: 'NET-caf', ...entry },
    { network_id: 'NET-france-travail', ...entry },
  ]);
});

test('nobody without a key submits; a person who signed in does', async () => {
  expect(await submit({}, ANONYMOUS)).toMatchObject({ error: 'UNAUTHENTICATED' });
  expect(outcomeOf(await submit({}, PERSON))).toBe('done');
});

const LONG = 'a'.repeat(10_001);
test.each([
  ['an empty title', { title: '  ' }, 'REQUIRED input.title'],
  ['a long title', { title: LONG.slice(0, 201) }, 'TOO_LONG input.title'],
  ['a long text', { body: LONG }, 'TOO_LONG input.body'],
  ['a long pseudonym', { pseudonym: LONG.slice(0, 61) }, 'TOO_LONG input.pseudonym'],
  ['six procedures', { procedures: ['1', '2', '3', '4', '5', '6'] }, 'TOO_MANY input.procedures'],
  ['an empty procedure', { procedures: ['a', ''] }, 'REQUIRED input.procedures.1'],
  ['nowhere', { concerns: [] }, 'REQUIRED input.concerns'],
  ['four places', { concerns: Array(4).fill({ structure: 'STR-caf' }) }, 'TOO_MANY input.concerns'],
  ['an empty place', { concerns: [{ channels: ['Guichet'] }] }, 'REQUIRED input.concerns.0'],
  ['no structure', { concerns: [{ structure: 'STR-none' }] }, 'UNKNOWN_STRUCTURE input.concerns.0.structure'],
  ['no site', { concerns: [{ site: 'SITE-none' }] }, 'UNKNOWN_SITE input.concerns.0.site'],
  [
    'a site of another network',
    { concerns: [{ structure: 'STR-caf-62', site: 'SITE-ft-62' }] },
    'OTHER_NETWORK input.concerns.0',
  ],
  [
    'the same place twice',
    { concerns: [{ structure: 'STR-caf' }, { structure: 'STR-caf' }] },
    'DUPLICATE input.concerns.1',
  ],
  [
    'an unknown channel',
    { concerns: [{ structure: 'STR-caf', channels: ['Guichet', 'Pigeon'] }] },
    'UNKNOWN_CHANNEL input.concerns.0.channels.1',
  ],
  ['a commune', { userTerritory: 'COM-62041' }, 'UNKNOWN_TERRITORY input.userTerritory'],
  ['no territory', { userTerritory: 'DEP-99' }, 'UNKNOWN_TERRITORY input.userTerritory'],
  ['no consent', { consent: '' }, 'REQUIRED input.consent'],
  ['a consent in words', { consent: 'Oui, moi Zoé' }, 'REQUIRED input.consent'],
  ['tomorrow', { writtenOn: '2026-11-23' }, 'OUT_OF_RANGE input.writtenOn'],
  ['long ago', { writtenOn: '2009-12-31' }, 'OUT_OF_RANGE input.writtenOn'],
])('%s is a mistake of the user, and nothing is written', async (_what, parts, expected) => {
  const count = () => rows(sql`select count(*)::int from testimonies.testimony`);
  const before = await count();
  const { userErrors, testimony } = await submit(parts);
  expect(userErrors?.map(({ code, path }) => `${code} ${path.join('.')}`)).toContain(expected);
  expect(testimony).toBeNull();
  expect(await count()).toEqual(before);
});

test.each([{ body: 'a\u202eb' }, { concerns: [{ structure: 'a\u0000' }] }])(
  '%j is no text',
  async (parts) => {
    expect(await submit(parts)).toMatchObject({ error: 'BAD_USER_INPUT' });
  },
);

test('all mistakes are told at once', async () => {
  const { userErrors } = await submit({
    title: '',
    consent: '?',
    userTerritory: 'FR',
    concerns: [{ site: 'x' }],
  });
  expect(userErrors?.map(({ code }) => code)).toEqual([
    'REQUIRED',
    'REQUIRED',
    'UNKNOWN_SITE',
    'UNKNOWN_TERRITORY',
  ]);
});

describe('sent again', () => {
  test('it is the same testimony, with the same receipt, which is nowhere in the database', async () => {
    const key = newKey();
    const first = await submit({ idempotencyKey: key });
    expect(await submit({ idempotencyKey: key })).toEqual(first);
    expect(await submit({ idempotencyKey: key, title: 'Autre' })).toMatchObject({ error: 'BAD_USER_INPUT' });
    const { receipt } = first.testimony as { receipt: string };
    const bytes = Buffer.from(receipt, 'base64url').toString('hex');
    const everything = await rows(sql`
      select r::text as row from testimonies.contact_receipt r
      union all select i::text from testimonies.idempotency i union all select a::text from testimonies.audit a`);
    expect(JSON.stringify(everything)).not.toMatch(new RegExp(`${receipt}|${bytes}`));
  });

  test('at once, it is written once', async () => {
    const key = newKey();
    const answers = await Promise.all(
      [1, 2, 3].map(() => submit({ idempotencyKey: key, title: 'Ensemble' })),
    );
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(await rows(sql`select from testimonies.testimony where title = 'Ensemble'`)).toHaveLength(1);
  });

  test('by another key it is another testimony', async () => {
    const key = newKey();
    const mine = await submit({ idempotencyKey: key });
    expect(idOf(await submit({ idempotencyKey: key }, OTHER_PORTAL))).not.toBe(idOf(mine));
  });
});

test('the time of a receipt ends after a day', async () => {
  const key = newKey();
  const first = await submit({ idempotencyKey: key });
  await sql`
    update testimonies.contact_receipt set expires_at = expires_at - interval '1 day'
     where testimony_id = ${idOf(first)}`.execute(plain);
  expect((await submit({ idempotencyKey: key })).testimony).toMatchObject({
    receipt: null,
    receiptUntil: null,
  });
});

test('without keys for contacts there is no receipt, and everything else works', async () => {
  const subgraph = await openTestimonies(readConfig({}), database.url, () => TODAY);
  const { data } = await askOf(
    subgraph,
    `mutation ($input: SubmitTestimonyInput!) { submitTestimony(input: $input) { ${SUBMITTED} } }`,
    { input: { idempotencyKey: newKey(), ...submission() } },
    { viewer: PORTAL },
  ).finally(() => subgraph.close());
  expect(data.submitTestimony.testimony).toMatchObject({ state: 'SUBMITTED', receipt: null });
});
