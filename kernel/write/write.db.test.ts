import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { insertRows } from '../../test/kit/insert.ts';
import { countStatements } from '../../test/kit/statements.ts';
import { ANONYMOUS, type Viewer } from '../viewer.ts';
import { perform } from './command.ts';
import { MOST_A_DAY } from './idempotency.ts';
import { refuse } from './refused.ts';
import type { AuditTable, IdempotencyTable } from './tables.ts';
import { demandVersion } from './version.ts';

/** Any subgraph with the tables of writes will do. */
interface Tables {
  audit: AuditTable;
  idempotency: IdempotencyTable;
}
const database = await testDatabase();
const owner = database.connect<Tables>('administrations', 'owner', { max: 4 });
await insertRows(
  owner,
  'directory.network',
  ['caf', 'cpam'].map((code) => ({ id: `NET-${code}`, code, name: code, finest_level: 'SITE' })),
);

const caf: Viewer = { role: 'NETWORK_HQ', subject: 'key:caf', network: 'NET-caf', structure: null };
const request = {
  viewer: caf,
  name: 'paint',
  scope: 'drafts:write' as const,
  network: 'NET-caf',
  idempotencyKey: 'first-request',
  input: { colour: 'blue', size: { height: 1, width: 2 } },
  requestId: 'R-1',
};
const audited = { networkId: 'NET-caf', action: 'PAINTED', objectId: 'WALL-1', before: null, after: {} };
const ditp: Viewer = { role: 'DITP', subject: 'person:1', network: null, structure: null };
let ran = 0;
const paint = (changes: Partial<typeof request> = {}) =>
  perform(owner, { ...request, ...changes }, async (_trx, audit) => {
    ran += 1;
    await audit({ ...audited, after: { ran: String(ran) }, reason: 'dull' });
    return { ran, at: undefined };
  });
const count = async (table: keyof Tables, db: Kysely<Tables> = owner) => {
  const { rows } = await sql<{ count: string }>`select count(*) from ${sql.table(table)}`.execute(db);
  return Number(rows[0]?.count);
};
const code = (value: string) => expect.objectContaining({ code: value });

beforeEach(async () => {
  ran = 0;
  await sql`delete from idempotency`.execute(owner);
});

describe('a command', () => {
  test('runs once: sent again, it gives the first answer', async () => {
    const rows = await count('audit');
    expect(await paint()).toEqual({ done: { ran: 1 }, userErrors: [] });
    expect(await paint({ requestId: 'R-2' })).toEqual({ done: { ran: 1 }, userErrors: [] });
    expect([ran, await count('audit')]).toEqual([1, rows + 1]);
  });

  test('is the same whatever the order of the fields and the key in the input', async () => {
    await paint();
    const input = { size: { width: 2, height: 1 }, colour: 'blue', idempotencyKey: 'first-request' };
    expect(await paint({ input })).toMatchObject({ done: { ran: 1 } });
  });

  test('refuses the key with another input, and runs under another key, name or subject', async () => {
    await paint();
    await expect(paint({ input: { ...request.input, colour: 'red' } })).rejects.toEqual(
      code('BAD_USER_INPUT'),
    );
    expect(await paint({ idempotencyKey: 'second-request' })).toMatchObject({ done: { ran: 2 } });
    expect(await paint({ name: 'repaint' })).toMatchObject({ done: { ran: 3 } });
    expect(await paint({ viewer: { ...caf, subject: 'key:other' } })).toMatchObject({ done: { ran: 4 } });
  });

  test.each(['', 'short', 'x'.repeat(129), 'with a blank', 'accentué-clé', 'nul-\u0000-key', 'line\nbreak!'])(
    'refuses the key %j',
    async (idempotencyKey) => {
      await expect(paint({ idempotencyKey })).rejects.toEqual(code('BAD_USER_INPUT'));
      expect(ran).toBe(0);
    },
  );

  test('sent twice at once, runs once; the second waits and gets the first answer', async () => {
    const entered = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const work = async () => {
      ran += 1;
      entered.resolve();
      await finish.promise;
      return { by: ran };
    };
    const first = perform(owner, request, work);
    await entered.promise;
    let settled = false;
    const second = perform(owner, request, work).finally(() => {
      settled = true;
    });
    await waiting();
    expect(settled).toBe(false);
    finish.resolve();
    expect(await Promise.all([first, second])).toEqual([
      { done: { by: 1 }, userErrors: [] },
      { done: { by: 1 }, userErrors: [] },
    ]);
    expect(ran).toBe(1);
  });

  test('whose first try fails runs again for the one that waited', async () => {
    const entered = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const first = perform(owner, request, async () => {
      entered.resolve();
      await finish.promise;
      throw new Error('broken');
    });
    await entered.promise;
    const second = paint();
    await waiting();
    finish.resolve();
    await expect(first).rejects.toThrow('broken');
    expect(await second).toMatchObject({ done: { ran: 1 } });
  });

  test('that fails or is refused leaves nothing: no audit, no key', async () => {
    const rows = await count('audit');
    const failing = (how: () => void) =>
      perform(owner, request, async (_trx, audit) => {
        await audit(audited);
        how();
      });
    const mistakes = [{ code: 'BLANK', message: 'Say something.', path: ['input', 'colour'] }];
    expect(await failing(() => refuse(mistakes))).toEqual({ done: null, userErrors: mistakes });
    await expect(failing(() => demandVersion(1, 3))).rejects.toMatchObject({
      extensions: { code: 'CONFLICT', version: 3 },
    });
    expect([await count('audit'), await count('idempotency')]).toEqual([rows, 0]);
    expect(await paint({ input: { colour: 'red' } } as Partial<typeof request>)).toMatchObject({
      done: { ran: 1 },
    });
  });

  test('gives up on what another holds too long', async () => {
    const held = await owner.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(42)`.execute(trx);
      return perform(owner, request, (inner) => sql`select pg_advisory_xact_lock(42)`.execute(inner)).catch(
        (error: unknown) => error,
      );
    });
    expect(held).toEqual(code('TIMEOUT'));
  });

  test('forgets answers that are too old, and only those', async () => {
    await paint();
    await paint({ idempotencyKey: 'second-request' });
    await sql`update idempotency set at = now() - interval '8 days' where key = 'first-request'`.execute(
      owner,
    );
    await paint({ idempotencyKey: 'third-request' });
    const { rows } = await sql`select key from idempotency order by key`.execute(owner);
    expect(rows).toEqual([{ key: 'second-request' }, { key: 'third-request' }]);
  });
});

describe('who may write', () => {
  test('a network out of reach and an unknown one give the same answer after the same statements', async () => {
    const refusal = (network: string) =>
      countStatements(() =>
        paint({ network }).catch((error: { code: string; message: string }) => [error.code, error.message]),
      );
    const forbidden = await refusal('NET-cpam');
    expect(forbidden.result).toEqual(['NOT_FOUND', 'No such network.']);
    expect(forbidden.statements.length).toBe(2);
    expect(await refusal('NET-nowhere')).toEqual(forbidden);
    await expect(paint({ network: 'NET-\u0000' })).rejects.toEqual(code('BAD_USER_INPUT'));
    expect([ran, await count('idempotency')]).toEqual([0, 0]);
  });

  test('DITP everywhere; nobody without the scope, nor anonymously', async () => {
    expect(await paint({ viewer: ditp })).toMatchObject({ done: { ran: 1 } });
    for (const role of ['ANALYST', 'SUPER_AGENT', 'MODERATOR'] as const) {
      await expect(paint({ viewer: { ...caf, role } })).rejects.toEqual(code('FORBIDDEN'));
    }
    await expect(paint({ viewer: ANONYMOUS })).rejects.toEqual(code('FORBIDDEN'));
    await expect(paint({ viewer: { ...caf, subject: null } })).rejects.toEqual(code('UNAUTHENTICATED'));
    expect(ran).toBe(1);
  });

  test('what belongs to no network is for DITP', async () => {
    const nowhere = { ...request, network: null };
    const answer = (viewer: Viewer) => perform(owner, { ...nowhere, viewer }, async () => 'done');
    await expect(answer(caf)).rejects.toEqual(code('NOT_FOUND'));
    await expect(answer({ ...ditp, role: 'ANALYST' })).rejects.toEqual(code('FORBIDDEN'));
    expect(await answer(ditp)).toEqual({ done: 'done', userErrors: [] });
  });

  test('a command that would tell of another network than its own is undone', async () => {
    const elsewhere = perform(owner, request, (_trx, audit) => audit({ ...audited, networkId: 'NET-cpam' }));
    await expect(elsewhere).rejects.toThrow('does not reach');
    expect(await count('idempotency')).toBe(0);
  });
});

describe('the audit', () => {
  test('tells who did what, when, why, in which request', async () => {
    await paint({ idempotencyKey: randomUUID() });
    const { rows } = await sql<AuditTable>`
      select subject, role, network_id, action, object_id, before, after, reason, request_id
      from audit order by at desc limit 1`.execute(owner);
    expect(rows).toEqual([
      {
        subject: 'key:caf',
        role: 'NETWORK_HQ',
        network_id: 'NET-caf',
        action: 'PAINTED',
        object_id: 'WALL-1',
        before: null,
        after: { ran: '1' },
        reason: 'dull',
        request_id: 'R-1',
      },
    ]);
  });

  test.each(["update audit set reason = ''", 'delete from audit', 'truncate audit'])(
    'is not changed even by its owner: %s',
    async (statement) => {
      await paint({ idempotencyKey: randomUUID() });
      await expect(sql.raw(statement).execute(owner)).rejects.toThrow('The audit is only added to.');
    },
  );
});

/** Resolves once another transaction waits for the end of one that holds the same key. */
async function waiting(): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      select from pg_locks join pg_stat_activity using (pid)
      where datname = current_database() and not granted and locktype = 'transactionid'`.execute(owner);
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('what anybody with a key may send has a bound a day; a request sent again is not counted', async () => {
  const open = (idempotencyKey: string) =>
    perform(owner, { ...request, scope: null, network: null, idempotencyKey }, async () => ({}));
  await open('before-the-bound');
  await sql`
    insert into idempotency (subject, command, key, input_hash, answer)
    select 'key:caf', 'paint', 'filled-' || n, 'x', '{}' from generate_series(2, ${MOST_A_DAY}) n`.execute(
    owner,
  );
  await expect(open('one-too-many')).rejects.toEqual(code('RATE_LIMITED'));
  expect(await open('before-the-bound')).toMatchObject({ done: {} });
  await sql`update idempotency set at = now() - interval '25 hours' where key like 'filled-%'`.execute(owner);
  expect(await open('the-day-after')).toMatchObject({ done: {} });
  expect(await paint({ idempotencyKey: 'with-a-scope' })).toMatchObject({ done: { ran: 1 } });
});
