import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { agentOf } from '../../../kernel/postgres/agent.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { viewerLike } from '../../../test/kit/roles.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type QueueFilter, queueLength, queueRows } from './moderated.query.ts';

const database = await testDatabase();
const owner = database.connect<unknown>('testimonies', 'owner');
const agents = database.connect<TestimoniesDatabase>('testimonies', 'agent');
const agent = agentOf(agents, viewerLike('MODERATOR'));
const WAITING: QueueFilter = { state: 'SUBMITTED', network: null };

// One in ten waits, and most of what is there is public.
await sql`
  insert into testimonies.testimony (id, state, title, body, feeling, written_on, published_on, rejection_reason, submitted_at)
  select 'TEM-' || n, s.state, 'Un titre', repeat('Un texte. ', 20), 'NEUTRAL', '2026-01-01',
         case when s.state = 'PUBLISHED' then date '2026-01-02' end, case when s.state = 'REJECTED' then 'Autre' end,
         timestamptz '2026-01-01' + n * interval '1 minute'
    from generate_series(1, 20000) n
   cross join lateral (select case n % 10 when 0 then 'SUBMITTED' when 1 then 'REJECTED' else 'PUBLISHED' end as state) s`.execute(
  owner,
);
await sql`vacuum (analyze) testimonies.testimony`.execute(owner);

/** The plan of the last statement that some work sent, as it is made under row-level security. */
async function planOf(work: () => Promise<unknown>): Promise<string> {
  const { statements } = await countStatements(work);
  const text = (statements.at(-1) ?? '').replaceAll('$1', '21');
  const { rows } = await agent((trx) => sql<Record<string, string>>`explain ${sql.raw(text)}`.execute(trx));
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

test('a page of the queue reads its own rows, in the order of the index, whatever else is there', async () => {
  const plan = await planOf(() => queueRows(agent, WAITING, 21, sql`true`));
  expect(plan).toContain('Index Scan using testimony_queue');
  expect(plan).not.toMatch(/Sort|Seq Scan/);
  const rows = await queueRows(agent, WAITING, 3, sql`true`);
  expect(rows.map(({ id }) => id)).toEqual(['TEM-10', 'TEM-20', 'TEM-30']);
});

test('its length is counted from the index alone', async () => {
  const plan = await planOf(() => queueLength(agent, WAITING));
  expect(plan).toMatch(/Index Only Scan|Bitmap Index Scan/);
  expect(plan).toContain('testimony_queue');
  expect(await queueLength(agent, WAITING)).toBe(2000);
});
