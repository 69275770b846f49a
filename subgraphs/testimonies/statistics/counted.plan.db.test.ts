import { type RawBuilder, sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import type { TestimonyFilter } from '../testimony/filter.ts';
import type { Dimension } from './dimension.ts';
import { statisticsOf } from './statistics.query.ts';

const database = await testDatabase();
await seedDirectory(database);
const owner = database.connect<unknown>('testimonies', 'owner');
const reader = database.connect<TestimoniesDatabase>('testimonies', 'public');

// Of ten testimonies one concerns nobody, seven one structure, one both Caf, one a Caf and an agency. What users call
// their procedure is long: rows are wider than what is counted.
await owner.transaction().execute(async (trx) => {
  await sql`
    insert into testimonies.testimony (id, state, title, body, feeling, written_on, published_on)
    select 'TEM-' || n, 'PUBLISHED', 'Un titre', 'Un texte.', (array['POSITIVE', 'NEUTRAL', 'NEGATIVE'])[1 + n % 3],
           date '2026-01-01' + n % 90, date '2026-01-02' + n % 90
      from generate_series(1, 20000) n`.execute(trx);
  await sql`
    insert into testimonies.concern (network_id, testimony_id, position, structure_id, channels, status)
    select s.network, 'TEM-' || n, s.position, s.structure, '{Guichet}', 'TO_PROCESS'
      from generate_series(1, 20000) n
     cross join lateral (values (1, 'NET-caf', 'STR-caf-62', n % 10 in (1, 2, 3, 7, 9)),
                                (2, 'NET-caf', 'STR-caf-75', n % 10 in (7, 8)),
                                (3, 'NET-france-travail', 'STR-ft-bapaume', n % 10 in (4, 5, 6, 9)))
           as s (position, network, structure, concerned)
     where s.concerned`.execute(trx);
  await sql`
    insert into testimonies.testimony_procedure (testimony_id, label)
    select 'TEM-' || n, 'Ma démarche ' || n || repeat(' et la suite', 20) from generate_series(1, 20000) n`.execute(
    trx,
  );
});
// Not before whoever may still see what was there has gone: the server looks at new tables by itself.
await vi.waitFor(
  async () => {
    await sql`vacuum (analyze) testimonies.entry, testimonies.entry_place`.execute(owner);
    const { rows } = await sql<{ unseen: number }>`
      select relpages - relallvisible as unseen from pg_class where oid = 'testimonies.entry'::regclass`.execute(
      owner,
    );
    expect(rows[0]?.unseen).toBe(0);
  },
  { timeout: 60_000, interval: 200 },
);

/** Counted from what is published, one structure after the other, and not from the narrow rows. */
async function expected(key: string, condition: RawBuilder<unknown>): Promise<unknown[][]> {
  const { rows } = await sql<{ key: string; count: number }>`
    select ${sql.ref(key)} as key, count(distinct t.id)::int as count
      from testimonies.published_testimony t join testimonies.published_concern c on c.testimony_id = t.id
     where ${condition} group by 1 order by 2 desc, 1`.execute(owner);
  return rows.map((row) => [row.key, row.count]);
}

async function counted(filter: TestimonyFilter, groupBy: Dimension) {
  const asked = { kind: 'EVERYTHING', filter, groupBy: [groupBy], shareOf: 'SELECTION' } as const;
  const { result, statements } = await countStatements(() => statisticsOf(reader, asked, ['']));
  const { rows } = await sql<
    Record<string, string>
  >`explain (generic_plan) ${sql.raw(statements[0] ?? '')}`.execute(reader);
  return {
    groups: result.map(({ values, count }) => [values[0], count]),
    shares: result.map(({ share }) => Number(share)),
    plan: rows.map((row) => row['QUERY PLAN']).join('\n'),
  };
}

describe('statistics of territories are counted from the index alone', () => {
  test.each([
    ['FR', 'NETWORK', 'c.network_id', sql`true`, [0.6667, 0.4444]],
    ['FR', 'FEELING', 't.feeling', sql`true`, [0.3333, 0.3333, 0.3333]],
    ['DEP-62', 'NETWORK', 'c.network_id', sql`c.structure_id <> 'STR-caf-75'`, [0.625, 0.5]],
  ] as const)('%s by %s', async (territory, groupBy, key, condition, shares) => {
    const { groups, plan, ...told } = await counted({ territory }, groupBy);
    expect(groups).toEqual(await expected(key, condition));
    expect(told.shares).toEqual(shares);
    expect(plan).toContain('Index Only Scan using entry_counted');
    expect(plan).not.toMatch(/(Seq|Heap|Index) Scan (using \S+ )?on entry\b/);
  });
});

test('who concerns nobody is counted in no territory, and once without one', async () => {
  const everyone = await counted({}, 'FEELING');
  expect(everyone.groups.map(([, count]) => count)).toEqual([6667, 6667, 6666]);
  const inFrance = await counted({ territory: 'FR' }, 'FEELING');
  expect(inFrance.groups.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(18_000);
});
