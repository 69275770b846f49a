import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { ask, HUB_MODES, startHub } from '../../../test/kit/hub.ts';
import { createKey } from '../../../test/kit/keys.ts';
import { submission } from '../fixtures/submitted.ts';
import { ZOE } from './fixtures/authors.ts';
import { dump, traces } from './fixtures/dump.ts';
import { keySetting } from './fixtures/keys.ts';

const database = await testDatabase();
await seedDirectory(database);
const owner = database.connect<unknown>('testimonies', 'owner');
const keys = {
  portal: await createKey(database.url, { role: 'PUBLIC' }),
  other: await createKey(database.url, { role: 'PUBLIC' }),
  moderator: await createKey(database.url, { role: 'MODERATOR' }),
};

const SUBMIT = `mutation ($input: SubmitTestimonyInput!) { submitTestimony(input: $input) {
  testimony { id receipt } userErrors { code } } }`;
type Submitted = { submitTestimony: { testimony: { id: string; receipt: string } } };

describe.each(HUB_MODES)('contacts, %s', async (mode) => {
  const hub = await startHub(database.url, { mode, settings: { HUB_CONTACT_KEYS: keySetting('new') } });
  let number = 0;
  const submit = async () => {
    const input = submission({ idempotencyKey: `${mode.replace(' ', '-')}-request-${(number += 1)}` });
    const { data } = await ask<Submitted>(hub.url, SUBMIT, { input }, { key: keys.portal });
    return data.submitTestimony.testimony;
  };
  const send = async (method: string, id: string, key: string | undefined, body?: object | string) => {
    const response = await fetch(`${hub.url}/contacts/${id}`, {
      method,
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    // The id of the request is another one each time.
    return { status: response.status, text: text.replace(/"requestId":"[^"]*"/, ''), response };
  };
  const contact = (receipt: string, parts: object = {}) => ({
    receipt,
    ...ZOE,
    consent: 'follow-up-2026',
    ...parts,
  });

  test('whoever submitted a testimony leaves a contact once; the moderation reads it', async () => {
    const { id, receipt } = await submit();
    expect(await send('PUT', id, keys.portal, contact(receipt))).toMatchObject({ status: 204, text: '' });
    const again = await send('PUT', id, keys.portal, contact(receipt));
    expect(again.status).toBe(404);
    const { status, text, response } = await send('GET', id, keys.moderator);
    expect([status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(JSON.parse(text)).toMatchObject({ testimony: id, ...ZOE, consent: 'follow-up-2026' });
    expect(traces(await dump(database.url), [...Object.values(ZOE), receipt])).toEqual([]);
  });

  test('a wrong receipt, an unknown testimony and somebody else’s answer alike', async () => {
    const [mine, yours] = [await submit(), await submit()];
    const answers = await Promise.all([
      send('PUT', mine.id, keys.portal, contact(yours.receipt)),
      send('PUT', 'TEM-404', keys.portal, contact(mine.receipt)),
      send('PUT', mine.id, keys.other, contact(mine.receipt)),
      send('PUT', mine.id, keys.portal, contact('')),
      send('PUT', 'STR-caf', keys.portal, contact(mine.receipt)),
    ]);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
    // None of them used it up.
    expect((await send('PUT', mine.id, keys.portal, contact(mine.receipt))).status).toBe(204);
  });

  test('after a day it is too late; of two at once one is kept', async () => {
    const late = await submit();
    await sql`
      update testimonies.contact_receipt set expires_at = now() - interval '1 second'
       where testimony_id = ${late.id}`.execute(owner);
    expect((await send('PUT', late.id, keys.portal, contact(late.receipt))).status).toBe(404);
    const { id, receipt } = await submit();
    const twice = await Promise.all([1, 2].map(() => send('PUT', id, keys.portal, contact(receipt))));
    expect(twice.map(({ status }) => status).toSorted()).toEqual([204, 404]);
  });

  test.each([
    ['no address', { email: 'nonsense' }, 400],
    ['no consent', { consent: undefined }, 400],
    ['more than is asked for', { name: 'Zoé' }, 400],
    ['a number', { phone: 33 }, 400],
    ['too much', { email: `${'a'.repeat(5000)}@b.fr` }, 413],
  ])('%s is refused, and the receipt still good', async (_what, parts, status) => {
    const { id, receipt } = await submit();
    const refused = await send('PUT', id, keys.portal, contact(receipt, parts));
    expect(refused.status).toBe(status);
    expect(traces([refused.text], ['nonsense', ...Object.values(ZOE)])).toEqual([]);
    expect((await send('PUT', id, keys.portal, contact(receipt, { phone: null }))).status).toBe(204);
  });

  test('who asks comes first', async () => {
    const { id, receipt } = await submit();
    expect((await send('PUT', id, undefined, contact(receipt))).status).toBe(401);
    expect((await send('PUT', id, keys.portal, 'no JSON')).status).toBe(400);
    expect((await send('GET', id, undefined)).status).toBe(401);
    expect((await send('GET', id, keys.portal)).status).toBe(403);
    expect((await send('GET', id, keys.moderator)).status).toBe(404);
    expect((await send('DELETE', id, keys.moderator)).status).toBe(404);
  });
});

test('without keys nothing is kept, and it is said', async () => {
  const hub = await startHub(database.url);
  const url = `${hub.url}/contacts/TEM-1`;
  const headers = { authorization: `Bearer ${keys.moderator}`, 'content-type': 'application/json' };
  const answers = await Promise.all([
    fetch(url, { headers }),
    fetch(url, { method: 'PUT', headers, body: JSON.stringify({ receipt: 'a', ...ZOE, consent: 'a' }) }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([503, 503]);
  expect(await answers[0]?.json()).toMatchObject({
    errors: [{ extensions: { code: 'SOURCE_UNAVAILABLE' } }],
  });
});
