import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { Freshness, type FreshnessTimes, type Moment } from './freshness.ts';

const database = await testDatabase();
const owner = database.connect<unknown>('indicators', 'owner', { max: 4 });
const reader = database.connect<unknown>('indicators', 'public', { max: 4 });
await sql`insert into indicators.indicator (id, code) values ('IND-X', '0')`.execute(owner);

const opened: Freshness[] = [];
// Else those who publish in the next test would wait for them.
afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));
const DOMAINS = ['indicators', 'directory'];

/** A gateway that keeps one answer: what it read last, as long as that holds. */
async function gateway(times: Partial<FreshnessTimes> = {}) {
  const freshness = Freshness.open(database.url, times);
  opened.push(freshness);
  // Until those who publish know of it.
  do await freshness.now();
  while (typeof freshness.now() !== 'number');
  let kept: { value: number; moment: Moment } | undefined;
  const figures = { kept: 0, read: 0, atOnce: 0 };
  const ask = async (): Promise<number> => {
    const taken = freshness.now(DOMAINS);
    if (typeof taken === 'number') figures.atOnce += 1;
    const moment = await taken;
    if (kept && moment !== null && freshness.holds(kept.moment, DOMAINS)) {
      figures.kept += 1;
      return kept.value;
    }
    figures.read += 1;
    const { rows } = await sql<{ code: string }>`select code from indicators.indicator`.execute(reader);
    const value = Number(rows[0]?.code);
    if (moment !== null) kept = { value, moment };
    return value;
  };
  return { freshness, figures, ask };
}

/** What has been published, as whoever published knows it: numbers that only rise. */
const published = { begun: 0, returned: 0 };

/** Publishes the next number; two at once take turns at the row. */
async function publish(hold = 0): Promise<void> {
  published.begun += 1;
  const number = await owner.transaction().execute(async (trx) => {
    const { rows } = await sql<{ code: string }>`
      update indicators.indicator set code = (code::int + 1)::text returning code`.execute(trx);
    await sleep(hold);
    return Number(rows[0]?.code);
  });
  published.returned = Math.max(published.returned, number);
}

/** Asks, and tells whether what came is older than what had been published before it was asked. */
async function isStale(ask: () => Promise<number>): Promise<boolean> {
  const { returned } = published;
  const value = await ask();
  return value < returned || value > published.begun;
}

test('nothing older than what was published is ever told, however publications and questions meet', async () => {
  const gateways = [await gateway(), await gateway()];
  const step = fc.oneof(
    { weight: 1, arbitrary: fc.record({ publish: fc.constantFrom(0, 0, 5, 40) }) },
    {
      weight: 6,
      arbitrary: fc.record({ ask: fc.constantFrom(0, 1), pause: fc.constantFrom(0, 0, 0, 3, 15) }),
    },
  );
  let stale = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const under: Promise<void>[] = [];
      for (const each of steps) {
        if ('publish' in each) under.push(publish(each.publish));
        else {
          await sleep(each.pause);
          const ask = gateways[each.ask]?.ask;
          if (ask && (await isStale(ask))) stale += 1;
        }
      }
      await Promise.all(under);
      for (const { ask } of gateways) if (await isStale(ask)) stale += 1;
    }),
    { numRuns: Number(process.env.HUB_RANDOM_RUNS ?? 12), seed: Number(process.env.HUB_RANDOM_SEED ?? 21) },
  );
  expect(stale).toBe(0);
  // And something was kept, some of it without any wait: else nothing was tried.
  for (const { figures } of gateways) {
    expect(figures.kept).toBeGreaterThan(20);
    expect(figures.atOnce).toBeGreaterThan(10);
    expect(figures.read).toBeGreaterThan(5);
  }
});

test('a trusted look asks nothing of the database; an old one is renewed once for all who wait', async () => {
  const { freshness } = await gateway({ trustMs: 500, renewMs: 400 });
  await freshness.now();
  const first = freshness.now();
  expect(typeof first).toBe('number');
  await sleep(600);
  const many = await Promise.all(Array.from({ length: 50 }, async () => freshness.now()));
  // The first has a look begun, and the others one that begins after they came.
  expect(new Set(many)).toEqual(new Set([Number(first) + 1, Number(first) + 2]));
});

test('while somebody publishes, only what depends on it is asked again for each', async () => {
  const { freshness } = await gateway({ trustMs: 200, renewMs: 190 });
  const publication = publish(700);
  await sleep(300);
  await freshness.now();
  expect(freshness.now(['indicators'])).toBeInstanceOf(Promise);
  expect(freshness.now(['testimonies', 'directory'])).toBeTypeOf('number');
  await publication;
});

test('a subgraph that tells nothing of its changes is not kept', async () => {
  const { freshness } = await gateway();
  expect(freshness.domainsOf(['indicators', 'somebody-elses'])).toBeNull();
  expect(freshness.domainsOf(['gateway'])).toBeNull();
});

test('a connection that is cut costs a look, never a stale answer', async () => {
  const { ask, figures } = await gateway();
  const login = new pg.Client({ connectionString: database.url });
  await login.connect();
  for (let round = 0; round < 10; round += 1) {
    await ask();
    await login.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'hub gateway agent'`,
    );
    await publish();
    expect(await isStale(ask)).toBe(false);
  }
  expect(figures.read).toBeGreaterThanOrEqual(10);
  await login.end();
});
