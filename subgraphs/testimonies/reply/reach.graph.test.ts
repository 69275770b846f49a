import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { agentOf } from '../../../kernel/postgres/agent.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { ANONYMOUS, MODERATOR, outcomeOf } from '../fixtures/writers.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import {
  ANALYST,
  COLLEAGUE,
  HEADQUARTERS,
  OTHER_VALIDATOR,
  REFERENT,
  repliersWorld,
  SIBLING,
  VALIDATOR,
} from './fixtures/repliers.ts';

const { tell, send, seen, stored, database } = await repliersWorld();
const body = 'Bonjour';

test.each([
  ['the referent of the structure', REFERENT, 'STR-caf-62', 'done'],
  ['the referent of a structure above', REFERENT, 'STR-caf-62-arras', 'done'],
  ['the referent of a structure beside', SIBLING, 'STR-caf-62', 'NOT_FOUND'],
  ['the referent of a structure below', REFERENT, 'STR-caf', 'NOT_FOUND'],
  ['the super agent of the network', VALIDATOR, 'STR-caf-62', 'done'],
  ['the super agent of another network', OTHER_VALIDATOR, 'STR-caf-62', 'NOT_FOUND'],
  ['the headquarters', HEADQUARTERS, 'STR-caf-62', 'done'],
  ['a moderator', MODERATOR, 'STR-caf-62', 'FORBIDDEN'],
  ['an analyst', ANALYST, 'STR-caf-62', 'FORBIDDEN'],
  ['anybody', ANONYMOUS, 'STR-caf-62', 'UNAUTHENTICATED'],
])('%s drafts: %#', async (_who, who, structure, outcome) => {
  const [id = ''] = await tell([{ structure }]);
  expect(outcomeOf(await send(who, 'draftReply', { id, version: 1, body }))).toBe(outcome);
});

test('where only the place of reception is known, the referent of its structures replies', async () => {
  const { rows } = await (async () => {
    const [id = ''] = await tell([{ structure: 'STR-caf-62', site: 'SITE-caf-62' }]);
    return sql<{ id: string }>`
      update testimonies.concern set structure_id = null where testimony_id || ':' || position = ${id}
      returning testimony_id || ':' || position as id`.execute(
      database.connect<TestimoniesDatabase>('testimonies', 'owner'),
    );
  })();
  const id = rows[0]?.id ?? '';
  expect(outcomeOf(await send(SIBLING, 'draftReply', { id, version: 1, body }))).toBe('NOT_FOUND');
  expect(outcomeOf(await send(REFERENT, 'draftReply', { id, version: 1, body }))).toBe('done');
});

test('validating is for super agents and DITP: not for those who write, nor for the headquarters', async () => {
  const [id = ''] = await tell();
  await send(REFERENT, 'draftReply', { id, version: 1, body });
  await send(REFERENT, 'submitReply', { id, version: 2 });
  for (const who of [REFERENT, COLLEAGUE, HEADQUARTERS]) {
    expect(outcomeOf(await send(who, 'publishReply', { id, version: 3 }))).toBe('FORBIDDEN');
  }
  expect(outcomeOf(await send(OTHER_VALIDATOR, 'publishReply', { id, version: 3 }))).toBe('NOT_FOUND');
  expect(await stored(id)).toEqual({ state: 'TO_VALIDATE', version: 3 });
});

test('what is out of reach and what does not exist are answered with the same bytes, after the same statements', async () => {
  const [id = ''] = await tell([{ structure: 'STR-caf-75' }]);
  const attempt = (target: string, who: Viewer) =>
    countStatements(() => send(who, 'draftReply', { id: target, version: 1, body }));
  for (const who of [REFERENT, OTHER_VALIDATOR]) {
    const [forbidden, unknown, none] = [
      await attempt(id, who),
      await attempt('TEM-NONE:1', who),
      await attempt("'; --", who),
    ];
    expect(forbidden.result).toEqual({
      error: 'NOT_FOUND',
      message: 'No such structure concerned by a testimony.',
    });
    expect(unknown.result).toEqual(forbidden.result);
    expect(none.result).toEqual(forbidden.result);
    expect(unknown.statements).toEqual(forbidden.statements);
    expect(none.statements).toEqual(forbidden.statements);
  }
});

test('how far a draft has got is read by those who may work on it, and by nobody else', async () => {
  const [id = ''] = await tell();
  const testimony = id.slice(0, -2);
  await send(REFERENT, 'draftReply', { id, version: 1, body });
  const task = 'concerns { id task { state body } }';
  const read = { concerns: [{ id, task: { state: 'DRAFT', body } }] };
  const nothing = { concerns: [{ id, task: null }] };
  for (const who of [REFERENT, VALIDATOR, HEADQUARTERS])
    expect(await seen(who, testimony, task)).toEqual(read);
  for (const who of [SIBLING, OTHER_VALIDATOR]) expect(await seen(who, testimony, task)).toEqual(nothing);
  // A field that may not be read is null where it may be null, beside its error.
  for (const who of [ANALYST, MODERATOR, ANONYMOUS])
    expect(await seen(who, testimony, task)).toEqual(nothing);
});

test('no SQL of the public, or of an agent elsewhere, reads what is drafted', async () => {
  const [id = ''] = await tell();
  await send(REFERENT, 'draftReply', { id, version: 1, body, aiDraft: body });
  const pub = database.connect<TestimoniesDatabase>('testimonies', 'public');
  const pool = database.connect<TestimoniesDatabase>('testimonies', 'agent');
  for (const table of ['concern', 'reply', 'ai_draft', 'engaged_action', 'testimony_link']) {
    await expect(sql`select from ${sql.table(`testimonies.${table}`)}`.execute(pub)).rejects.toThrow(
      /permission denied/,
    );
  }
  const testimony = id.slice(0, -2);
  const many = async (who: Viewer, table: string) =>
    agentOf(
      pool,
      who,
    )(async (trx) => {
      const rows = sql`select from ${sql.table(`testimonies.${table}`)} where testimony_id = ${testimony}`;
      return (await rows.execute(trx)).rows.length;
    });
  for (const table of ['concern', 'reply']) {
    for (const who of [REFERENT, VALIDATOR, HEADQUARTERS]) expect(await many(who, table)).toBe(1);
    for (const who of [SIBLING, OTHER_VALIDATOR, ANALYST, ANONYMOUS]) expect(await many(who, table)).toBe(0);
    await expect(
      agentOf(pool, VALIDATOR)((trx) => sql`delete from ${sql.table(`testimonies.${table}`)}`.execute(trx)),
    ).rejects.toThrow(/permission denied/);
  }
  await expect(many(REFERENT, 'ai_draft')).rejects.toThrow(/permission denied/);
});
