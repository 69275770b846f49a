import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { BUNDLED_DIRECTORY, realGeography } from '../../../test/kit/real-directory.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { annuaire } from './annuaire.merge.ts';

const database = await testDatabase(realGeography);
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');
const rows = async <T>(query: RawBuilder<T>) => (await query.execute(db)).rows;
const folder = await mkdtemp(join(tmpdir(), 'hub-annuaire-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  await sql`truncate directory.site, directory.revision, administrations.import cascade`.execute(db);
});

const uuid = (rank: number) => `00000000-0000-4000-8000-${String(rank).padStart(12, '0')}`;
const service = (rank: number, changes: object = {}) => ({
  ...{
    id: uuid(rank),
    nom: `Caf ${rank}`,
    ancien_code_pivot: `caf-62080-${rank}`,
    code_insee_commune: '62080',
  },
  pivot: [{ type_service_local: 'caf', code_insee_commune: ['62080'] }],
  adresse: [{ longitude: '2.85', latitude: '50.1', code_postal: '62450', nom_commune: 'Bapaume' }],
  ...changes,
});
const source = (services: readonly object[], name = 'annuaire.json') => ({
  name,
  stream: Readable.from([JSON.stringify({ service: services })]),
});
const load = (services: readonly object[], options: Record<string, string> = {}) =>
  runImport(annuaire, source(services), { databaseUrl: database.url, options, publishedOn: '2026-03-01' });
const sites = () => rows(sql`select * from directory.site order by id`);
/** Everything but the provenance, which names the import. */
const snapshot = async () => ({
  sites: await sites(),
  aliases: await rows(sql`select * from directory.site_alias order by alias`),
  details: await rows(
    sql`select to_jsonb(d) - 'import_id' - 'import_row' as detail from site_detail d order by site_id`,
  ),
});

test('a site goes to its commune, département, région and network', async () => {
  await expect(load([service(1)])).resolves.toMatchObject({ state: 'PUBLISHED', merge: { inserted: 1 } });
  expect(await sites()).toMatchObject([
    {
      ...{ id: `SITE-${uuid(1)}`, network_id: 'NET-caf', pivot: 'caf', commune_id: 'COM-62080' },
      ...{ departement_id: 'DEP-62', region_id: 'REG-32', latitude: 50.1, valid_to: null },
    },
  ]);
  const changes = await rows(sql`select * from directory.change`);
  expect(changes).toMatchObject([{ entity: 'SITE', old_network_id: null, new_network_id: 'NET-caf' }]);
});

test('a directory whose ids changed duplicates nothing: the former code finds the site, the new id is an alias', async () => {
  await load([service(1)]);
  const report = await load([service(1, { id: uuid(9), nom: 'Caf rénovée' })]);
  expect(report.merge).toMatchObject({ inserted: 0, updated: 1, details: { byFormerCode: 1 } });
  expect(await sites()).toMatchObject([{ id: `SITE-${uuid(1)}`, name: 'Caf rénovée' }]);
  expect(await rows(sql`select * from directory.site_alias order by alias`)).toEqual([
    { alias: `SITE-${uuid(9)}`, site_id: `SITE-${uuid(1)}` },
    { alias: 'caf-62080-1', site_id: `SITE-${uuid(1)}` },
  ]);
  // And by that alias the third time, even with another code.
  const third = await load([service(1, { id: uuid(9), ancien_code_pivot: 'caf-62080-77' })]);
  expect(third.merge).toMatchObject({ inserted: 0, updated: 1, details: { byUuid: 1 } });
});

test('a commune that merged keeps the code of the source and stands in the commune of today', async () => {
  const merged = { code_insee_commune: '01091', adresse: [] };
  await load([service(1, merged)]);
  expect(await sites()).toMatchObject([
    { source_commune_code: '01091', commune_id: 'COM-01033', departement_id: 'DEP-01' },
  ]);
});

test('an unknown commune and coordinates of another end of the country are told', async () => {
  const report = await load([
    service(1, { code_insee_commune: '62999' }),
    service(2, { adresse: [{ longitude: '5.4', latitude: '43.3' }] }),
  ]);
  expect(report.problems).toMatchObject([{ code: 'UNKNOWN_COMMUNE', severity: 'NOTICE', count: 1 }]);
  expect(report.notices).toEqual([expect.stringContaining('1 sites stand far from their commune')]);
  expect(await sites()).toMatchObject([
    { source_commune_code: '62999', commune_id: null, network_id: 'NET-caf' },
    { commune_id: 'COM-62080', latitude: null, longitude: null },
  ]);
});

test('a pivot of several communes makes competence, replaced by the next directory', async () => {
  const serving = (codes: string[]) =>
    service(1, { pivot: [{ type_service_local: 'caf', code_insee_commune: codes }] });
  const served = () =>
    rows(sql`select commune_id from directory.competence where network_id = 'NET-caf' order by commune_id`);
  await load([serving(['62080', '62041', '01091'])]);
  expect(await served()).toEqual(['COM-01033', 'COM-62041', 'COM-62080'].map((id) => ({ commune_id: id })));
  await load([serving(['62080', '62041'])]);
  expect(await served()).toEqual(['COM-62041', 'COM-62080'].map((id) => ({ commune_id: id })));
});

test('a partial file closes nothing; a complete one closes what vanished, and reopens what came back', async () => {
  await load([service(1), service(2)]);
  await expect(load([service(1)])).resolves.toMatchObject({ merge: { closed: 0 } });
  await expect(load([service(1)], { complete: 'national' })).resolves.toMatchObject({ merge: { closed: 1 } });
  const closed = rows(sql`select id, valid_to from directory.site order by id`);
  expect(await closed).toMatchObject([{ valid_to: null }, { valid_to: '2026-03-01' }]);
  expect(
    await rows(sql`
      select id, old_network_id, new_network_id from directory.change
      where revision = (select max(number) from directory.revision)`),
  ).toEqual([{ id: `SITE-${uuid(2)}`, old_network_id: 'NET-caf', new_network_id: null }]);
  await load([service(1), service(2)]);
  expect(await sites()).toMatchObject([{ valid_to: null }, { valid_to: null }]);
});

test('a file complete for its pivots leaves other pivots alone', async () => {
  const town = service(3, { pivot: [{ type_service_local: 'mairie', code_insee_commune: ['62080'] }] });
  await load([service(1), service(2), town]);
  await load([service(1)], { complete: 'pivots' });
  expect(await sites()).toMatchObject([{ valid_to: null }, { valid_to: '2026-03-01' }, { valid_to: null }]);
});

test('records with one id: identical ones count once, contradictory ones are all refused', async () => {
  await expect(load([service(1), service(1)])).resolves.toMatchObject({
    state: 'PUBLISHED',
    problems: [{ code: 'DUPLICATE_ROW', severity: 'NOTICE', count: 1 }],
  });
  await expect(load([service(2), service(2, { nom: 'Autre' })])).resolves.toMatchObject({
    state: 'REFUSED',
    problems: [{ code: 'CONTRADICTORY_ROW', count: 2 }],
  });
  expect(await sites()).toHaveLength(1);
});

test('the dump and the API variant give identical rows', async () => {
  const services = [service(1), service(2, { telephone: [{ valeur: '3230', description: 'Allocataires' }] })];
  await load(services);
  const dump = await snapshot();
  await sql`truncate directory.site, directory.revision, administrations.import cascade`.execute(db);
  const variant = services.map((each) =>
    Object.fromEntries(
      Object.entries(each).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  );
  const stream = Readable.from([JSON.stringify({ total_count: 2, results: variant })]);
  const report = await runImport(annuaire, { name: 'api.json', stream }, { databaseUrl: database.url });
  expect(report.state).toBe('PUBLISHED');
  expect(await snapshot()).toEqual(dump);
});

test('the order of the records does not matter', async () => {
  // Two records share a former code, one has the id of a site known before.
  const before = [service(1), service(2)];
  const services = [
    service(11, { ancien_code_pivot: 'caf-62080-1' }),
    service(10, { ancien_code_pivot: 'caf-62080-1' }),
    service(2, { nom: 'Caf deux' }),
    service(12, { ancien_code_pivot: 'caf-62080-2' }),
    service(13),
  ];
  const result = async (order: readonly object[]) => {
    await sql`truncate directory.site, directory.revision, administrations.import cascade`.execute(db);
    await load(before);
    await load(order);
    return snapshot();
  };
  const expected = await result(services);
  expect(expected.sites.map((each) => (each as { id: string }).id)).toEqual(
    [1, 2, 11, 12, 13].map((rank) => `SITE-${uuid(rank)}`),
  );
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(services, { minLength: services.length }), async (order) => {
      expect(await result(order)).toEqual(expected);
    }),
    { numRuns: 5 },
  );
});

test('a rollback puts back what was, moves back in a revision of its own', async () => {
  await load([service(1), service(2)]);
  const before = await snapshot();
  const { importId } = await load([service(1, { nom: 'Autre', code_insee_commune: '01033' }), service(3)], {
    complete: 'national',
  });
  expect(await snapshot()).not.toEqual(before);
  const feeds = new Map([['annuaire', annuaire]]);
  await rollbackImport(feeds, 'administrations', importId ?? '', { databaseUrl: database.url });
  expect(await snapshot()).toEqual(before);
  const back = await rows(sql`
    select id, old_departement_id, new_departement_id from directory.change
    where revision = (select max(number) from directory.revision) order by id`);
  expect(back).toEqual([
    { id: `SITE-${uuid(1)}`, old_departement_id: 'DEP-01', new_departement_id: 'DEP-62' },
    { id: `SITE-${uuid(2)}`, old_departement_id: null, new_departement_id: 'DEP-62' },
    { id: `SITE-${uuid(3)}`, old_departement_id: 'DEP-62', new_departement_id: null },
  ]);
});

test('a truncated gzip is refused and changes nothing', async () => {
  const path = join(folder, 'truncated.json.gz');
  const whole = await readFile(BUNDLED_DIRECTORY);
  await writeFile(path, whole.subarray(0, whole.length / 2));
  const report = await runImport(annuaire, path, { databaseUrl: database.url });
  expect(report).toMatchObject({ state: 'REFUSED', refusal: { code: 'DAMAGED_GZIP' } });
  expect(await sites()).toEqual([]);
});

test('the bundled extract: real sites of the programme, Bapaume among them; twice is already imported', {
  timeout: 60_000,
}, async () => {
  const run = { databaseUrl: database.url };
  const report = await runImport(annuaire, BUNDLED_DIRECTORY, run);
  expect(report).toMatchObject({
    state: 'PUBLISHED',
    counts: { read: 9113, accepted: 9113, rejected: 0 },
    merge: { inserted: 9113 },
  });
  const [bapaume] = await rows(sql`
    select s.name, s.network_id, s.commune_id, d.phones, d.modified_on, d.import_row, i.file_name, i.licence
    from directory.site_alias a join directory.site s on s.id = a.site_id
    join site_detail d on d.site_id = s.id join import i on i.id = d.import_id
    where a.alias = 'pole_emploi-62080-01'`);
  expect(bapaume).toEqual({
    ...{ name: 'Pôle emploi de Bapaume', network_id: 'NET-france-travail', commune_id: 'COM-62080' },
    ...{ phones: [{ value: '3949', purpose: null }], modified_on: '2015-09-09' },
    import_row: expect.any(Number),
    ...{ file_name: 'annuaire-programme.json.gz', licence: 'Licence Ouverte 2.0' },
  });
  const lost = await rows(sql`select id from directory.site where commune_id is null or network_id is null`);
  expect(lost).toEqual([]);
  await expect(runImport(annuaire, BUNDLED_DIRECTORY, run)).resolves.toMatchObject({
    state: 'ALREADY_IMPORTED',
  });
});

const whole = process.env['HUB_FULL_DIRECTORY'];

test.runIf(whole)('the whole national directory (HUB_FULL_DIRECTORY)', { timeout: 300_000 }, async () => {
  const path = whole ?? '';
  const report = await runImport(
    annuaire,
    { name: 'annuaire.json.gz', stream: createReadStream(path) },
    { databaseUrl: database.url },
  );
  const { service: services } = JSON.parse(gunzipSync(await readFile(path)).toString()) as {
    service: { id: string; code_insee_commune: string }[];
  };
  expect(report).toMatchObject({ state: 'PUBLISHED', merge: { inserted: services.length } });
  console.info(`${services.length} sites in ${report.seconds.toFixed(1)} s`);
  const [counted] = await rows(sql`
    select count(*)::int as sites, count(*) filter (where commune_id is null)::int as lost,
      count(*) filter (where commune_id <> 'COM-' || source_commune_code)::int as followed
    from directory.site`);
  expect(counted).toEqual({ sites: 58_273, lost: 0, followed: 1383 });
});
if (whole === undefined) console.info('HUB_FULL_DIRECTORY is not set: the whole directory is not imported');
