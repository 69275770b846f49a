import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { ANONYMOUS } from '../../../kernel/viewer.ts';
import { HQ, openDesk, PORTAL } from '../session/fixtures/desk.ts';
import { purgeTesters } from './panel.query.ts';

const desk = await openDesk();
afterAll(() => desk.subgraph.close());

const testers = async () =>
  (await sql<{ id: string }>`select id from simplification.tester`.execute(desk.owner)).rows.length;

test('a portal enrols a volunteer by reference, and renews the consent', async () => {
  expect(await desk.enrol('abcdefgh')).toEqual({ eraseOn: '2029-01-15', userErrors: [] });
  expect(await desk.enrol('abcdefgh', { consentedOn: '2026-06-30' })).toMatchObject({
    eraseOn: '2029-06-30',
  });
  expect(await testers()).toBe(1);
  expect(await desk.enrol('abcdefgh', {}, { ...PORTAL, subject: 'key:another-portal' })).toMatchObject({
    userErrors: [],
  });
  expect(await testers()).toBe(2);
  expect(await desk.enrol('abcdefgh', {}, ANONYMOUS)).toMatchObject({ error: 'UNAUTHENTICATED' });
});

test.each([
  ['an address', { reference: 'jeanne@exemple.fr' }, 'BAD_REFERENCE'],
  ['a name', { reference: 'Jeanne Martin' }, 'BAD_REFERENCE'],
  ['too short', { reference: 'abc' }, 'BAD_REFERENCE'],
  ['a consent in words', { consent: 'Oui, je veux bien' }, 'BAD_CONSENT'],
  ['a consent to come', { consentedOn: '2099-01-01' }, 'BAD_DAY'],
  ['a consent that is over', { consentedOn: '2020-01-01' }, 'BAD_DAY'],
  ['no département', { departement: 'REG-32' }, 'UNKNOWN_DEPARTEMENT'],
])('an enrolment is refused: %s', async (_what, changes, code) => {
  const before = await testers();
  expect((await desk.enrol('refused-1', changes)).userErrors).toMatchObject([{ code }]);
  expect(await testers()).toBe(before);
});

test('whoever leaves is gone at once; how many a session asked stays true', async () => {
  await desk.enrol('partante-1', { ageBand: 'UNDER_25' });
  const { id } = await desk.plan();
  await desk.step('openTestSession', id, 1);
  await desk.invite(id, 2, { most: 1, ageBands: ['UNDER_25'] });
  const leave = () =>
    desk.write(PORTAL, 'leavePanel', 'LeavePanelInput', { reference: 'partante-1' }, 'left');
  expect(await leave()).toEqual({ left: true, userErrors: [] });
  expect(await leave()).toEqual({ left: false, userErrors: [] });
  const { rows } = await sql`
    select tester_id from simplification.invitation where session_id = ${id}`.execute(desk.owner);
  expect(rows).toEqual([{ tester_id: null }]);
  const { data } = await desk.ask(
    HQ,
    '{ preparedTestSessions(network: "NET-caf") { nodes { invitations { reference } } } }',
  );
  expect(data.preparedTestSessions.nodes[0].invitations).toEqual([{ reference: null }]);
});

test('three years after the consent, nothing is left', async () => {
  await desk.enrol('ancienne-1', { consentedOn: '2023-12-01', departement: 'DEP-62' });
  const before = await testers();
  expect(await purgeTesters(desk.owner, '2026-11-30')).toBe(0);
  expect(await purgeTesters(desk.owner, '2026-12-01')).toBe(1);
  expect(await testers()).toBe(before - 1);
});

test('the public and agents of others see no tester', async () => {
  const pub = desk.database.connect('simplification', 'public');
  const agent = desk.database.connect('simplification', 'agent');
  for (const table of ['tester', 'invitation', 'test_session', 'panel']) {
    await expect(sql`select from ${sql.table(`simplification.${table}`)}`.execute(pub)).rejects.toThrow(
      /permission denied/,
    );
  }
  await expect(sql`select consent from simplification.tester`.execute(agent)).rejects.toThrow(
    /permission denied/,
  );
  // A connection that stands for nobody sees no row.
  expect((await sql`select id from simplification.tester`.execute(agent)).rows).toEqual([]);
});
