import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { type RawBuilder, sql } from 'kysely';
import { expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { realGeography } from '../../../test/kit/real-directory.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { cog } from './cog.merge.ts';
import { cogSource } from './cog.source.ts';

const database = await testDatabase(realGeography);
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');
const run = { databaseUrl: database.url };
const rows = async <T>(query: RawBuilder<T>) => (await query.execute(db)).rows;
const communes = createRequire(import.meta.url)('@etalab/decoupage-administratif/data/communes.json') as {
  type: string;
  code: string;
  departement: string;
  population?: number;
}[];

/** A vintage of a few communes of the Pas-de-Calais and its neighbours, as the package writes them. */
const vintage = (millesime: number, elements: readonly object[]) => ({
  name: `cog-${millesime}.ndjson`,
  stream: Readable.from([{ millesime }, ...elements].map((element) => `${JSON.stringify(element)}\n`)),
});
const region = { code: '32', chefLieu: '59350', nom: 'Hauts-de-France' };
const departement = { code: '62', region: '32', chefLieu: '62041', nom: 'Pas-de-Calais' };
const commune = (code: string, nom: string, more: object = {}) => ({
  ...{ code, nom, departement: '62', region: '32', type: 'commune-actuelle', codesPostaux: ['62450'] },
  ...{ population: 100, ...more },
});

test('the geography of 2026 as the COG counts it, each commune with a centre', async () => {
  const counts = await rows(sql`
    select level, is_arrondissement as municipal, count(*)::int as count,
      count(*) filter (where latitude is null)::int as lost
    from directory.territory where is_current group by 1, 2 order by 1, 2`);
  expect(counts).toEqual([
    { level: 'COMMUNE', municipal: false, count: 34_969, lost: 0 },
    { level: 'COMMUNE', municipal: true, count: 45, lost: 0 },
    { level: 'DEPARTEMENT', municipal: false, count: 109, lost: 0 },
    { level: 'NATIONAL', municipal: false, count: 1, lost: 1 },
    { level: 'REGION', municipal: false, count: 26, lost: 0 },
  ]);
});

test('codes that collide between levels are different territories', async () => {
  const found = await rows(sql`
    select id, name, parent_id from directory.territory where code = '01' order by id`);
  expect(found).toEqual([
    { id: 'DEP-01', name: 'Ain', parent_id: 'REG-84' },
    { id: 'REG-01', name: 'Guadeloupe', parent_id: 'FR' },
  ]);
});

test('the population of each parent is the sum of its children, recomputed from the source', async () => {
  const expected = new Map<string, number>();
  for (const each of communes) {
    if (each.type !== 'commune-actuelle') continue;
    for (const id of [`DEP-${each.departement}`, 'FR']) {
      expected.set(id, (expected.get(id) ?? 0) + (each.population ?? 0));
    }
  }
  const stored = await rows(sql<{ id: string; population: number | null }>`
    select id, population from directory.territory where level in ('DEPARTEMENT', 'NATIONAL')`);
  expect(new Map(stored.map(({ id, population }) => [id, population ?? 0]))).toEqual(expected);
  const wrong = await rows(sql`
    select p.id from directory.territory p
    join directory.territory c on c.parent_id = p.id and c.is_current and not c.is_arrondissement
    where p.level <> 'COMMUNE' and p.is_current
    group by p.id, p.population having p.population is distinct from sum(c.population)`);
  expect(wrong).toEqual([]);
});

test('arrondissements belong to their commune, whose population holds theirs', async () => {
  const found = await rows(sql`
    select p.id, count(*)::int as count, sum(c.population)::int = p.population as whole
    from directory.territory c join directory.territory p on p.id = c.parent_id
    where c.is_arrondissement group by p.id order by p.id`);
  expect(found).toEqual([
    { id: 'COM-13055', count: 16, whole: true },
    { id: 'COM-69123', count: 9, whole: true },
    { id: 'COM-75056', count: 20, whole: true },
  ]);
});

test('known places are in the surroundings that one expects', async () => {
  const found = await rows(sql<{ id: string; density: string; setting: string }>`
    select s.territory_id as id, s.density, s.setting from directory.surroundings s
    where s.territory_id in ('COM-75056', 'COM-75115', 'COM-59350', 'COM-35238', 'COM-87085', 'COM-62080', 'COM-48095',
      'COM-48004', 'COM-97411', 'COM-98613', 'DEP-75', 'DEP-62', 'DEP-48', 'DEP-971', 'REG-01', 'REG-94')
    order by s.territory_id`);
  expect(found.map(({ id, density, setting }) => `${id} ${density} ${setting}`)).toEqual([
    'COM-35238 DENSE URBAN', // Rennes
    'COM-48004 VERY_SPARSE RURAL', // Altier
    'COM-48095 SPARSE RURAL', // Mende
    'COM-59350 DENSE URBAN', // Lille
    'COM-62080 SPARSE RURAL', // Bapaume
    'COM-75056 DENSE URBAN',
    'COM-75115 DENSE URBAN',
    'COM-87085 INTERMEDIATE URBAN', // Limoges
    'COM-97411 INTERMEDIATE OVERSEAS', // Saint-Denis, La Réunion
    'COM-98613 VERY_SPARSE OVERSEAS', // Uvea
    'DEP-48 VERY_SPARSE RURAL',
    'DEP-62 INTERMEDIATE URBAN',
    'DEP-75 DENSE URBAN',
    'DEP-971 SPARSE OVERSEAS',
    'REG-01 SPARSE OVERSEAS',
    'REG-94 SPARSE RURAL',
  ]);
});

test('every commune has its surroundings: how many people live in each class', async () => {
  const found = await rows(sql`
    select s.density, count(*)::int as communes, round(100.0 * sum(t.population) / sum(sum(t.population)) over ())::int as people
    from directory.surroundings s join directory.territory t on t.id = s.territory_id
    where t.level = 'COMMUNE' and not t.is_arrondissement group by s.density order by min(s.population_within_10_km)`);
  expect(found).toEqual([
    { density: 'VERY_SPARSE', communes: 9802, people: 6 },
    { density: 'SPARSE', communes: 18_495, people: 28 },
    { density: 'INTERMEDIATE', communes: 5701, people: 34 },
    { density: 'DENSE', communes: 965, people: 32 },
    // No population is known of a few islands.
    { density: null, communes: 6, people: null },
  ]);
});

test('people around, and the median inhabitant of a département, added up one by one', async () => {
  const all = await rows(sql<{
    id: string;
    people: number;
    lat: number;
    lon: number;
    dep: string;
    city: boolean;
  }>`
    select id, coalesce(population, 0) as people, latitude as lat, longitude as lon, departement_id as dep,
      id in ('COM-75056', 'COM-69123', 'COM-13055') as city
    from directory.territory where level = 'COMMUNE' and is_current`);
  const stored = new Map(
    (
      await rows(sql<{ id: string; around: string | null }>`
        select territory_id as id, population_within_10_km as around from directory.surroundings`)
    ).map(({ id, around }) => [id, around]),
  );
  const sin2 = (degrees: number) => Math.sin((degrees * Math.PI) / 360) ** 2;
  const cos = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
  const km = (a: { lat: number; lon: number }, b: { lat: number; lon: number }) =>
    2 * 6371.0088 * Math.asin(Math.sqrt(sin2(b.lat - a.lat) + cos(a.lat) * cos(b.lat) * sin2(b.lon - a.lon)));
  const around = (from: { lat: number; lon: number }) =>
    all.reduce(
      (sum, each) =>
        sum + (!each.city && Math.abs(from.lat - each.lat) < 0.1 && km(from, each) <= 10 ? each.people : 0),
      0,
    );
  // Every 300th commune of the country, and all of the Lozère.
  for (const place of all.filter((_place, index) => index % 300 === 0)) {
    expect(`${place.id} ${stored.get(place.id) ?? 0}`).toBe(`${place.id} ${around(place)}`);
  }
  const persons = all
    .filter(({ dep }) => dep === 'DEP-48')
    .flatMap((place) => Array<number>(place.people).fill(around(place)))
    .sort((a, b) => a - b);
  expect(stored.get('DEP-48')).toBe(String(persons[Math.ceil(persons.length / 2) - 1]));
});

test('a merged commune still resolves, and says where it went', async () => {
  const found = await rows(sql`
    select t.id, t.name, t.merged_into, t.is_current, h.name as heir
    from directory.territory t join directory.territory h on h.id = t.merged_into where t.id = 'COM-01091'`);
  expect(found).toEqual([
    {
      id: 'COM-01091',
      name: 'Châtillon-en-Michaille',
      merged_into: 'COM-01033',
      is_current: false,
      heir: 'Valserhône',
    },
  ]);
});

test('the same geography twice is already imported', async () => {
  await expect(runImport(cog, await cogSource(), run)).resolves.toMatchObject({ state: 'ALREADY_IMPORTED' });
});

test.each([
  [
    'a commune of an unknown département',
    commune('62999', 'Nulle-Part', { departement: '1Z' }),
    'UNKNOWN_DEPARTEMENT',
  ],
  ['a code of seven digits', commune('6299999', 'Nulle-Part'), 'BAD_CODE'],
  ['a commune without a name', { ...commune('62080', ''), nom: '' }, 'REQUIRED'],
  ['a population of 12.5', commune('62080', 'Bapaume', { population: 12.5 }), 'NOT_AN_INTEGER'],
  ['an unknown type', commune('62080', 'Bapaume', { type: 'canton' }), 'NOT_ALLOWED'],
])('refused: %s', async (_case, element, code) => {
  const report = await runImport(cog, vintage(2027, [region, departement, element]), run);
  expect(report).toMatchObject({ state: 'REFUSED', problems: [{ code, severity: 'REJECTED', count: 1 }] });
});

test('a file that does not say its vintage is refused', async () => {
  const stream = Readable.from([JSON.stringify([commune('62080', 'Bapaume')])]);
  const report = await runImport(cog, { name: 'communes.json', stream }, run);
  expect(report).toMatchObject({ state: 'REFUSED', refusal: { code: 'BAD_OPTION' } });
});

// Moves all of the country there and back.
test('a newer vintage keeps ids, closes what vanished, follows mergers; a rollback restores', {
  timeout: 90_000,
}, async () => {
  const before = await rows(sql`select * from directory.territory order by id`);
  const surroundings = sql`select * from directory.surroundings order by territory_id`;
  const surroundingsBefore = await rows(surroundings);
  const report = await runImport(
    cog,
    vintage(2027, [
      region,
      departement,
      commune('62080', 'Bapaume', { anciensCodes: ['62001'] }),
      commune('62041', 'Arras'),
    ]),
    run,
  );
  expect(report).toMatchObject({ state: 'PUBLISHED', merge: { inserted: 0, details: { vintage: 2027 } } });
  const found = await rows(sql`
    select id, name, population, is_current, valid_to, merged_into from directory.territory
    where id in ('COM-62080', 'COM-62001', 'COM-59350', 'DEP-62', 'FR') order by id`);
  const [former] = before.filter((each) => (each as { id: string }).id === 'COM-62001');
  expect(found).toEqual([
    {
      id: 'COM-59350',
      name: 'Lille',
      population: expect.any(Number),
      is_current: false,
      valid_to: '2026-12-31',
      merged_into: null,
    },
    { ...pick(former), is_current: false, valid_to: '2026-12-31', merged_into: 'COM-62080' },
    {
      id: 'COM-62080',
      name: 'Bapaume',
      population: 100,
      is_current: true,
      valid_to: null,
      merged_into: null,
    },
    {
      id: 'DEP-62',
      name: 'Pas-de-Calais',
      population: 200,
      is_current: true,
      valid_to: null,
      merged_into: null,
    },
    { id: 'FR', name: 'France', population: 200, is_current: true, valid_to: null, merged_into: null },
  ]);
  const [middle] = await rows(sql<{ latitude: number; of_communes: number }>`
    select latitude, (select avg(c.latitude) from directory.territory c
                       where c.departement_id = 'DEP-62' and c.level = 'COMMUNE' and c.is_current) as of_communes
    from directory.territory where id = 'DEP-62'`);
  expect(middle?.latitude).toBeCloseTo(middle?.of_communes ?? 0, 4);
  // Two communes of a hundred people are left, 22 km from each other.
  expect(await rows(surroundings)).toEqual(
    ['COM-62041', 'COM-62080', 'DEP-62', 'FR', 'REG-32'].map((territory_id) => ({
      territory_id,
      population_within_10_km: '100',
      density: 'VERY_SPARSE',
      setting: 'RURAL',
    })),
  );
  // Arras was INTERMEDIATE: figures that rest on surroundings are told.
  expect(
    await rows(sql`select id from directory.change c
      where revision = (select max(number) from directory.revision) and entity = 'TERRITORY' and id = 'COM-62041'`),
  ).toHaveLength(1);
  await rollbackImport(new Map([['cog', cog]]), 'administrations', report.importId ?? '', run);
  expect(await rows(sql`select * from directory.territory order by id`)).toEqual(before);
  expect(await rows(surroundings)).toEqual(surroundingsBefore);
});

function pick(row: unknown) {
  const { id, name, population } = row as { id: string; name: string; population: number };
  return { id, name, population };
}
