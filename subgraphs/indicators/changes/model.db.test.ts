import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { importText } from '../fixtures/import-text.ts';
import { SMALL_COUNTRY } from '../fixtures/small-country.ts';
import { newKey, writersCountry } from '../fixtures/writers.ts';
import { indicatorsFeeds } from '../import/feeds.ts';
import { networkResults } from '../import/network-results.merge.ts';
import { indicatorsWritten } from '../publication/written.ts';
import { determined } from '../rollup/determined.ts';
import { recompute } from '../rollup/oracle.ts';
import { changePage, type Position, type ResultChangeRow } from './changes.query.ts';

const { database, owner, save, publish, correct, withdraw } = await writersCountry();
const UNDOABLE = new Map([...indicatorsFeeds, ...indicatorsWritten].map((feed) => [feed.name, feed]));

/** A current result: what it says, the entry that wrote it, the publication that it came with. */
interface Row {
  value: string;
  respondents: number | null;
  by: string;
  version: number;
}
/** An entry of the journal that may be undone: what each of its results was before, undefined for nothing. */
interface Entry {
  id: string;
  publication: number;
  withdraws: boolean;
  before: Map<string, Row | undefined>;
  undone: boolean;
}
interface Model {
  current: Map<string, Row>;
  entries: Entry[];
  /** Publication that last changed a result. */
  changed: Map<string, number>;
}

const SITES = ['a1', 'a2', 'b1', 'b3', 'd1', 'd2'];
const cell = fc.record({
  site: fc.constantFrom(...SITES),
  value: fc.integer({ min: 0, max: 200 }).map((half) => String(half / 2)),
  respondents: fc.option(fc.integer({ min: 1, max: 40 })),
});
const cells = fc.uniqueArray(cell, { minLength: 1, maxLength: 4, selector: ({ site }) => site });
const pick = fc.nat({ max: 1000 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('publish' as const), cells }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('import' as const), cells }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('correct' as const), cell, stale: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('withdraw' as const), cell }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('rollback' as const), pick }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type Cell = typeof cell extends fc.Arbitrary<infer C> ? C : never;

const idOf = async (publication: number) =>
  (
    await sql<{ id: string }>`select id from indicators.import where publication = ${publication}`.execute(
      owner,
    )
  ).rows[0]?.id ?? '';

/** What a publication of these cells changes: what says nothing new, and what it leaves out, is no change. */
function write(model: Model, id: string, publication: number, written: readonly Cell[]): void {
  const entry: Entry = { id, publication, withdraws: false, before: new Map(), undone: false };
  for (const { site, value, respondents } of written) {
    const before = model.current.get(site);
    const same = before?.value === value && (respondents === null || before.respondents === respondents);
    if (same) continue;
    entry.before.set(site, before);
    model.current.set(site, { value, respondents, by: id, version: publication });
    model.changed.set(site, publication);
  }
  model.entries.push(entry);
}

/** Undoes an entry in the model; false where that is refused. */
function undo(model: Model, entry: Entry): ((publication: number) => void) | null {
  const touched = [...entry.before.keys()].some((site) =>
    entry.withdraws
      ? model.changed.get(site) !== entry.publication
      : model.current.get(site)?.by !== entry.id,
  );
  if (touched || entry.undone) return null;
  return (publication) => {
    entry.undone = true;
    for (const [site, before] of entry.before) {
      model.changed.set(site, publication);
      if (before === undefined) model.current.delete(site);
      else model.current.set(site, { ...before, version: publication });
    }
  };
}

async function run(model: Model, year: string, one: Step): Promise<void> {
  const result = (c: Cell) => ({
    site: `SITE-${c.site}`,
    period: year,
    value: c.value,
    respondents: c.respondents,
  });
  if (one.what === 'publish') {
    const results = one.cells.map((c) => ({ ...result(c), indicator: 'IND-SATISFACTION' }));
    const { draft } = await save({ results });
    const done = await publish(draft.id, 1);
    write(model, await idOf(done.publication), done.publication, one.cells);
  } else if (one.what === 'import') {
    const lines = one.cells.map(
      (c) => `agences;SITE-${c.site};IND-SATISFACTION;${year};${c.value};${c.respondents ?? ''}`,
    );
    const text = ['reseau;site;indicateur;periode;valeur;repondants', ...lines, ''].join('\n');
    const report = await importText(database.url, networkResults, text, { force: true });
    write(model, report.importId ?? '', Number(report.publication), one.cells);
  } else if (one.what === 'correct') {
    const { site, value, respondents } = one.cell;
    const now = model.current.get(site);
    const version = (now?.version ?? 1) + (one.stale ? 1 : 0);
    const done = await correct({ ...result(one.cell), version });
    if (now === undefined) return expect(done.error).toBe('NOT_FOUND');
    if (one.stale) return expect(done.error).toBe('CONFLICT');
    if (now.value === value && now.respondents === respondents) {
      return expect(done.userErrors).toMatchObject([{ code: 'NOTHING_CHANGED' }]);
    }
    const { publication } = done.result;
    const id = await idOf(publication);
    const before = new Map([[site, model.current.get(site)]]);
    model.entries.push({ id, publication, withdraws: false, before, undone: false });
    model.current.set(site, { value, respondents, by: id, version: publication });
    model.changed.set(site, publication);
  } else if (one.what === 'withdraw') {
    const { site } = one.cell;
    const now = model.current.get(site);
    const done = await withdraw({
      site: `SITE-${site}`,
      period: year,
      version: now?.version ?? 1,
      idempotencyKey: newKey(),
    });
    if (now === undefined) return expect(done.error).toBe('NOT_FOUND');
    const { publication } = done.result;
    const before = new Map([[site, model.current.get(site)]]);
    model.entries.push({ id: await idOf(publication), publication, withdraws: true, before, undone: false });
    model.current.delete(site);
    model.changed.set(site, publication);
  } else {
    const entry = model.entries[one.pick % Math.max(model.entries.length, 1)];
    if (entry === undefined) return;
    const apply = undo(model, entry);
    const attempt = rollbackImport(UNDOABLE, 'indicators', entry.id, { databaseUrl: database.url });
    if (apply === null) await expect(attempt).rejects.toMatchObject({ code: 'CONFLICT' });
    else apply(Number((await attempt).publication));
  }
}

/** A reader that keeps a copy by following changes, a page of three at a time, from where it stands. */
function follower(from: string) {
  const copy = new Map<string, string | null>();
  let after: Position | null = null;
  const positionOf = (row: ResultChangeRow): Position => [
    row.changed_in,
    row.network_id,
    row.indicator_id,
    String(row.definition_version),
    row.subject_id ?? '',
    row.period_grain,
    row.period_start,
  ];
  return async () => {
    for (;;) {
      const rows: ResultChangeRow[] = await changePage(
        owner,
        { from, network: 'NET-agences' },
        { after, limit: 3 },
      );
      for (const row of rows) {
        const key = `${row.subject_id} ${row.period_start}`;
        if (row.withdrawn) copy.delete(key);
        else copy.set(key, row.value);
        after = positionOf(row);
      }
      if (rows.length === 0) return copy;
    }
  };
}

async function published(from: string): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ key: string; value: string | null }>`
    select subject_id || ' ' || period_start as key, value from indicators.published_result
     where publication_from >= ${from}::bigint`.execute(owner);
  return new Map(rows.map(({ key, value }) => [key, value]));
}

/** What is stored of the year is what the model says, and figures are what it makes. */
async function compare(model: Model, year: string): Promise<number> {
  const start = `${year}-01-01`;
  const { rows } = await sql<{
    site: string;
    value: string;
    respondents: number | null;
    version: number;
    suppressed: string | null;
    is_unit: boolean;
  }>`
    select substr(subject_id, 6) as site, value, respondents, publication_from::integer as version, suppressed, is_unit
      from indicators.result where publication_to is null and period_start = ${start}::date`.execute(owner);
  const said = ({ site, value, respondents, version }: (typeof rows)[number]) => [
    site,
    { value, respondents, version },
  ];
  expect(Object.fromEntries(rows.map(said))).toEqual(
    Object.fromEntries([...model.current].map(([site, { by: _by, ...row }]) => [site, row])),
  );
  const raw = [...model.current].map(([site, { value, respondents }]) => ({
    subject: `SITE-${site}`,
    value,
    respondents,
    numerator: null,
    denominator: null,
    answers: null,
  }));
  const right = recompute(
    SMALL_COUNTRY,
    'NET-agences',
    { unit: 'PERCENT', formula: 'FAVOURABLE' },
    raw,
  ).figures;
  const figures = await owner
    .selectFrom('indicators.figure')
    .select(['territory_id', 'value', 'suppressed', 'basis', 'publishing', 'expected'])
    .where('period_start', '=', start)
    .where('typology_id', '=', '')
    .execute();
  expect(figures.map(({ territory_id }) => territory_id).sort()).toEqual([...right.keys()].sort());
  for (const figure of figures) {
    const oracle = right.get(figure.territory_id);
    expect(figure).toMatchObject({
      value: figure.suppressed === null ? oracle?.value : null,
      basis: oracle?.basis,
      publishing: oracle?.publishing,
      expected: oracle?.expected,
    });
  }
  const hidden = rows
    .filter(({ suppressed, is_unit }) => suppressed !== null && is_unit)
    .map(({ site }) => `SITE-${site}`);
  const sums = figures
    .filter(({ suppressed }) => suppressed === null)
    .map(({ territory_id }) => right.get(territory_id)?.parts ?? []);
  expect(determined(hidden, sums)).toEqual([]);
  return hidden.length;
}

let years = 1900;
test('whatever is published, corrected, withdrawn, imported and undone: results, figures and changes agree', async () => {
  let hidden = 0;
  let undone = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 14, maxLength: 14 }), async (steps) => {
      years += 1;
      const year = String(years);
      const model: Model = { current: new Map(), entries: [], changed: new Map() };
      const { rows } = await sql<{ next: string }>`
        select coalesce(max(publication), 0) + 1 as next from indicators.import`.execute(owner);
      const from = rows[0]?.next ?? '1';
      const follow = follower(from);
      for (const one of steps) {
        await run(model, year, one);
        hidden += await compare(model, year);
        expect(await follow()).toEqual(await published(from));
      }
      expect(await follower(from)()).toEqual(await published(from));
      undone += model.entries.filter((entry) => entry.undone).length;
    }),
    { numRuns: 8, endOnFailure: true },
  );
  // The test saw what it is about.
  expect(hidden).toBeGreaterThan(5);
  expect(undone).toBeGreaterThan(3);
}, 240_000);
