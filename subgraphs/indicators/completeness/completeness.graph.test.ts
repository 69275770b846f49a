import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { asking } from '../../../test/kit/ask.ts';
import { on, seededDatabase } from '../fixtures/ask.ts';
import { TODAY } from '../fixtures/seed.ts';
import { openIndicators } from '../server.ts';

const database = await seededDatabase();
const { ask } = asking(await openIndicators({ statementTimeoutMs: 8000 }, database.url, () => TODAY));

const FIELDS = `period expected publishing stale transparent latestPeriod
  freshness { asOf latestResultOn withResult olderThanAYear }
  missing { totalCount nodes { id name latestResultOn site { id } structure { id } territory { id } } }`;
const completeness = async (network: string, args = '', fields = FIELDS) => {
  const { data, errors } = await ask(on('Network', network, `completeness${args} { ${fields} }`));
  expect(errors).toBeUndefined();
  return data._entities[0].completeness;
};
const missing = (found: { missing: { nodes: { id: string }[] } }) => found.missing.nodes.map(({ id }) => id);

test('the latest year: who published, who did not, who is stale', async () => {
  const found = await completeness('NET-france-travail');
  expect(found).toMatchObject({
    period: '2025',
    latestPeriod: '2025',
    expected: 6,
    publishing: 2,
    // Three sites have nothing after 15 January 2025; one never published.
    stale: 3,
    transparent: false,
    freshness: { asOf: TODAY, latestResultOn: '2026-01-15', withResult: 5, olderThanAYear: 3 },
    missing: { totalCount: 4 },
  });
  expect(missing(found)).toEqual(['SITE-belley', 'SITE-grenoble', 'SITE-lille', 'SITE-silent']);
  expect(found.missing.nodes[3]).toEqual({
    id: 'SITE-silent',
    name: 'SITE-silent',
    latestResultOn: null,
    site: { id: 'SITE-silent' },
    structure: null,
    territory: null,
  });
});

test('an asked year; more than two thirds is transparent', async () => {
  const found = await completeness('NET-france-travail', '(period: "2024")');
  expect(found).toMatchObject({ period: '2024', expected: 6, publishing: 5, transparent: true });
  expect(missing(found)).toEqual(['SITE-silent']);
  expect(await completeness('NET-france-travail', '(period: "2019")', 'publishing transparent')).toEqual({
    publishing: 0,
    transparent: false,
  });
});

test('units of a network by département are its structures, and the départements where it has none', async () => {
  const found = await completeness('NET-caf', '(period: "2024")');
  expect(found).toMatchObject({ expected: 4, publishing: 2 });
  expect(found.missing.nodes).toMatchObject([
    { id: 'DEP-01', territory: { id: 'DEP-01' } },
    { id: 'STR-caf-38', structure: { id: 'STR-caf-38' } },
  ]);
});

test('a network that publishes nationally only has one unit', async () => {
  expect(await completeness('NET-ants')).toMatchObject({
    period: '2024',
    expected: 1,
    publishing: 1,
    transparent: true,
  });
});

test('a structure publishes for those below it at its level, with sites linked to them or not', async () => {
  const directory = database.connect<object>('administrations', 'owner');
  await sql`
    insert into directory.structure (id, code, name, network_id, parent_id, level, departement_id, region_id, import_id)
    select 'STR-caf-62-' || part, 'caf-62-' || part, part, network_id, id, level, departement_id, region_id, import_id
      from directory.structure, unnest(array['nord', 'sud']) as part where id = 'STR-caf-62'`.execute(
    directory,
  );
  await sql`
    insert into directory.structure_site (structure_id, site_id, method, confidence, import_id)
    values ('STR-caf-62-nord', 'SITE-caf-62', 'reviewed', 'CERTAIN', gen_random_uuid())`.execute(directory);
  const found = await completeness('NET-caf', '(period: "2024")');
  expect(missing(found)).toEqual(['DEP-01', 'STR-caf-38']);
  expect(found).toMatchObject({ expected: 5, publishing: 3 });
});

test('a network that never published; an unknown one', async () => {
  expect(await completeness('NET-cpam', '(period: "2020")', 'publishing latestPeriod')).toEqual({
    publishing: 0,
    latestPeriod: '2024',
  });
  expect(await completeness('NET-nobody')).toBeNull();
});

test('missing units come page by page', async () => {
  const page = (args: string) =>
    completeness(
      'NET-france-travail',
      '',
      `missing${args} { nodes { id } pageInfo { endCursor hasNextPage } }`,
    );
  const first = await page('(first: 3)');
  expect(first.missing.pageInfo.hasNextPage).toBe(true);
  const second = await page(`(first: 3, after: "${first.missing.pageInfo.endCursor}")`);
  expect([...missing(first), ...missing(second)]).toEqual([
    'SITE-belley',
    'SITE-grenoble',
    'SITE-lille',
    'SITE-silent',
  ]);
});

test('only a year can be complete', async () => {
  const { errors } = await ask(on('Network', 'NET-caf', 'completeness(period: "2024-S1") { period }'));
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
});
