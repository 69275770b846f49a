import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { importText } from '../fixtures/import-text.ts';
import { HQ, newKey, OTHER_AGENT, OTHER_HQ, writersCountry } from '../fixtures/writers.ts';
import { indicatorsFeeds } from '../import/feeds.ts';
import { networkResults } from '../import/network-results.merge.ts';
import { indicatorsWritten } from '../publication/written.ts';

const { database, owner, ask, save, publish, define, correct, withdraw, publishValues, figure } =
  await writersCountry();
const UNDOABLE = new Map([...indicatorsFeeds, ...indicatorsWritten].map((feed) => [feed.name, feed]));
const rollback = (id: string) => rollbackImport(UNDOABLE, 'indicators', id, { databaseUrl: database.url });
const importIdOf = async (publication: number) =>
  (
    await owner
      .selectFrom('indicators.import')
      .select('id')
      .where('publication', '=', String(publication))
      .executeTakeFirstOrThrow()
  ).id;
const on = (site: string, period: string, version: number) => ({ site: `SITE-${site}`, period, version });
/** What the public sees of a site and a year. */
const shown = async (site: string, year: string) => {
  const { rows } = await sql<{ value: string | null }>`
    select value from indicators.published_result
     where subject_id = ${`SITE-${site}`} and period_start = ${`${year}-01-01`}::date`.execute(owner);
  return rows.map(({ value }) => value);
};

test('a correction takes the place of a result, and figures follow exactly', async () => {
  const first = await publishValues('2020', { a1: '70', a2: '80', b1: '10' });
  const done = await correct({ ...on('a1', '2020', first), value: '71,25' });
  expect(done.errors).toBeUndefined();
  const { result } = done;
  expect(result).toMatchObject({ kind: 'CORRECTED', period: '2020', site: { id: 'SITE-a1' } });
  expect(result.figure).toEqual({
    value: 71.25,
    suppressed: null,
    version: result.publication,
    respondents: null,
    provenance: { source: 'NET-agences', file: 'correctResult' },
  });
  expect(await figure('DEP-01', '2020')).toBe('75.625');
  expect(await figure('REG-84', '2020')).toBe('53.75');
  expect(await figure('FR', '2020')).toBe('53.75');
  expect(await correct({ ...on('a1', '2020', first), value: '72' })).toMatchObject({ error: 'CONFLICT' });
});

test('a correction says all there is: what it leaves out is taken away; the same again is refused', async () => {
  const first = await publishValues('2019', { a1: '70' }, { respondents: 50 });
  const { result } = await correct({ ...on('a1', '2019', first), value: '70' });
  expect(result.figure).toMatchObject({ value: 70, respondents: null });
  const again = await correct({ ...on('a1', '2019', result.publication), value: '70.0' });
  expect(again).toMatchObject({ result: null, userErrors: [{ code: 'NOTHING_CHANGED' }] });
});

test('what an import would reject is refused, and says where', async () => {
  const first = await publishValues('2018', { a1: '70' });
  const refused = await correct({ ...on('a1', '2018', first), value: '170' });
  expect(refused.userErrors).toMatchObject([{ code: 'OUT_OF_RANGE', path: ['input', 'value'] }]);
  const parts = await correct({ ...on('a1', '2018', first), value: '70', numerator: '1' });
  expect(parts.userErrors).toMatchObject([{ code: 'INCOMPLETE_PARTS', path: ['input', 'numerator'] }]);
  expect(await shown('a1', '2018')).toEqual(['70']);
});

test('a withdrawn result is in nothing any more: figure, ranking, coverage, transparency', async () => {
  const first = await publishValues('2017', { a1: '70', a2: '80', d1: '10' });
  const counts = () =>
    sql<object>`
      select (select publishing from indicators.figure where territory_id = 'DEP-62' and period_start = '2017-01-01') as coverage,
             (select units from indicators.spread where period_start = '2017-01-01') as ranked,
             (select publishing from indicators.transparency where territory_id = 'DEP-62' and year = 2017
               and network_id = 'NET-agences') as transparent`
      .execute(owner)
      .then(({ rows }) => rows[0]);
  expect(await counts()).toEqual({ coverage: 1, ranked: 3, transparent: 1 });
  const { result } = await withdraw(on('d1', '2017', first));
  expect(result).toMatchObject({ kind: 'WITHDRAWN', figure: null, site: { id: 'SITE-d1' } });
  expect(await counts()).toEqual({ coverage: null, ranked: 2, transparent: 0 });
  expect(await figure('REG-32', '2017')).toBeUndefined();
  expect(await figure('FR', '2017')).toBe('75');
  expect(await shown('d1', '2017')).toEqual([]);
  expect(await withdraw(on('d1', '2017', first))).toMatchObject({ error: 'NOT_FOUND' });
  await withdraw(on('a1', '2017', first));
  await withdraw(on('a2', '2017', first));
  expect(await figure('FR', '2017')).toBeUndefined();
  expect(await counts()).toMatchObject({ coverage: null, ranked: null });
});

test('two agents at once: one corrects, the other is in conflict', async () => {
  const first = await publishValues('2016', { a1: '70' });
  const both = await Promise.all([
    correct({ ...on('a1', '2016', first), value: '71' }),
    correct({ ...on('a1', '2016', first), value: '72' }, OTHER_AGENT),
  ]);
  expect(both.map(({ error }) => error ?? 'done').sort()).toEqual(['CONFLICT', 'done']);
});

test('sent again with its key, a withdrawal gives its first answer', async () => {
  const first = await publishValues('2015', { a1: '70' });
  const idempotencyKey = newKey();
  const once = await withdraw({ ...on('a1', '2015', first), idempotencyKey });
  expect(once.result.kind).toBe('WITHDRAWN');
  expect(await withdraw({ ...on('a1', '2015', first), idempotencyKey })).toEqual(once);
});

test('a result of another network is as one that does not exist', async () => {
  const first = await publishValues('2014', { a1: '70' });
  const bytes = async (answer: Promise<{ error?: string | undefined; errors: unknown }>) => {
    const { error, errors } = await answer;
    expect(error).toBe('NOT_FOUND');
    return JSON.stringify(errors);
  };
  for (const write of [correct, withdraw]) {
    const foreign = await bytes(write({ ...on('a1', '2014', first) }, OTHER_HQ));
    expect(await bytes(write({ ...on('a1', '2014', first), network: 'NET-nobody' }, OTHER_HQ))).toBe(foreign);
    const mine = await bytes(write({ ...on('a1', '2014', first), network: 'NET-caisses' }, OTHER_HQ));
    expect(await bytes(write({ ...on('nowhere', '2014', first), network: 'NET-caisses' }, OTHER_HQ))).toBe(
      mine,
    );
  }
});

test('an import that a correction or a withdrawal touched is not undone; the later one is, first', async () => {
  const csv =
    'reseau;site;indicateur;periode;valeur\nagences;SITE-a1;IND-SATISFACTION;2013;70\nagences;SITE-a2;IND-SATISFACTION;2013;80';
  const { importId, publication } = await importText(database.url, networkResults, csv);
  const version = Number(publication);
  const { result: corrected } = await correct({ ...on('a1', '2013', version), value: '71' });
  const { result: withdrawn } = await withdraw(on('a2', '2013', version));
  await expect(rollback(importId ?? '')).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await shown('a2', '2013')).toEqual([]);
  await rollback(await importIdOf(withdrawn.publication));
  expect(await shown('a2', '2013')).toEqual(['80']);
  expect(await figure('FR', '2013')).toBe('75.5');
  await rollback(await importIdOf(corrected.publication));
  expect(await figure('FR', '2013')).toBe('75');
  await rollback(importId ?? '');
  expect(await shown('a1', '2013')).toEqual([]);
  expect(await figure('FR', '2013')).toBeUndefined();
});

test('a withdrawal is not undone once the result is published again', async () => {
  const first = await publishValues('2012', { a1: '70' });
  const { result } = await withdraw(on('a1', '2012', first));
  await publishValues('2012', { a1: '60' });
  await expect(rollback(await importIdOf(result.publication))).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await shown('a1', '2012')).toEqual(['60']);
});

test('results of an import come back withdrawn only by a publication of their own', async () => {
  const first = await publishValues('2011', { a1: '70', a2: '50' });
  const second = await publishValues('2011', { a1: '75' });
  await withdraw(on('a1', '2011', second));
  for (const publication of [second, first]) {
    await expect(rollback(await importIdOf(publication))).rejects.toMatchObject({ code: 'CONFLICT' });
  }
  expect(await shown('a1', '2011')).toEqual([]);
});

test('a result stays under the definition that it was measured with', async () => {
  const meaning = {
    network: 'NET-agences',
    title: 'Délai de réponse',
    userTitle: 'Délai de réponse',
    family: 'PERFORMANCE',
    unit: 'DAYS',
    direction: 'LOWER_IS_BETTER',
    frequency: 'ANNUAL',
    methods: 'Jours ouvrés',
  };
  await define({ ...meaning, code: 'AG-DELAI' });
  const of = { indicator: 'IND-AG-DELAI', site: 'SITE-a1', period: '2024' };
  const { draft } = await save({ results: [{ ...of, value: '12' }] });
  const { publication } = await publish(draft.id, 1);
  await define({
    ...meaning,
    indicator: 'IND-AG-DELAI',
    version: 1,
    methods: 'Jours francs',
    validFrom: '2024-01-01',
  });
  const refused = await correct({ ...of, version: publication, value: '13' });
  expect(refused.userErrors).toMatchObject([{ code: 'OTHER_DEFINITION', path: ['input', 'period'] }]);
  expect((await withdraw({ ...of, version: publication })).result).toMatchObject({ kind: 'WITHDRAWN' });
});

test('a value of a whole territory has a version, a computed one has none', async () => {
  const of = { indicator: 'IND-SATISFACTION', period: '2009' };
  const { draft } = await save({
    results: [
      { ...of, territory: 'DEP-59', value: '61' },
      { ...of, site: 'SITE-a1', value: '50' },
    ],
  });
  const { publication } = await publish(draft.id, 1);
  const { data } = await ask(
    HQ,
    `query ($r: [_Any]!) { _entities(representations: $r) { ... on Territory {
      figures(network: "NET-agences", indicators: ["IND-SATISFACTION"], period: "2009") { value basis version } } } }`,
    { r: ['DEP-59', 'DEP-01'].map((id) => ({ __typename: 'Territory', id })) },
  );
  expect(data._entities.map(({ figures }: { figures: object[] }) => figures[0])).toEqual([
    { value: 61, basis: 'PUBLISHED', version: publication },
    { value: 50, basis: 'COMPUTED_UNWEIGHTED', version: null },
  ]);
  const done = await correct({ territory: 'DEP-59', period: '2009', version: publication, value: '62' });
  expect(done.result.figure.value).toBe(62);
  expect(await figure('DEP-59', '2009')).toBe('62');
});

let trail: { action: string; reason: string | null; before: string | null; after: string | null }[] = [];
beforeAll(async () => {
  const first = await publishValues('2010', { a1: '70' });
  const { result } = await correct({ ...on('a1', '2010', first), value: '71' });
  await withdraw({ ...on('a1', '2010', result.publication), reason: 'Doublon' });
  const query = (who = HQ) =>
    ask(
      who,
      'query ($r: [_Any]!) { _entities(representations: $r) { ... on AuditTrail { results(first: 3) { nodes { action actor role reason before after requestId object } } } } }',
      { r: [{ __typename: 'AuditTrail', networkId: 'NET-agences' }] },
    );
  trail = (await query()).data._entities[0].results.nodes;
  expect((await query(OTHER_HQ)).data._entities).toEqual([null]);
});

test('every write is in the audit of the network, with what was and what is', () => {
  expect(trail).toMatchObject([
    {
      action: 'RESULT_WITHDRAWN',
      actor: 'key:agences',
      role: 'NETWORK_HQ',
      reason: 'Doublon',
      after: null,
      requestId: 'request-0001',
    },
    {
      action: 'RESULT_CORRECTED',
      reason: 'Erreur de saisie',
      object: 'NET-agences IND-SATISFACTION SITE-a1 2010',
    },
    { action: 'RESULTS_PUBLISHED', reason: null },
  ]);
  expect(JSON.parse(trail[1]?.before ?? '')).toMatchObject({ value: '70' });
  expect(JSON.parse(trail[1]?.after ?? '')).toMatchObject({ value: '71' });
});
