import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ANONYMOUS } from '../../../kernel/viewer.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { improvementWriters } from '../fixtures/writers.ts';

const { ask, owner, directory } = await improvementWriters();

beforeAll(async () => {
  // A network that publishes site by site: fifteen sites, of which a structure answers for two.
  const site = {
    network_id: 'NET-france-travail',
    pivot: 'test',
    pivots: ['test'],
    source_commune_code: '62080',
  };
  await insertRows(
    directory,
    'directory.site',
    Array.from({ length: 15 }, (_, rank) => ({
      ...site,
      id: `SITE-ft-${rank + 10}`,
      name: `Agence ${rank + 10}`,
      commune_id: 'COM-62080',
      departement_id: 'DEP-62',
      region_id: 'REG-32',
      // One that has closed.
      valid_to: rank === 14 ? '2025-01-01' : null,
    })),
  );
  const structure = { network_id: 'NET-france-travail', level: 'SITE', import_id: crypto.randomUUID() };
  await insertRows(directory, 'directory.structure', [
    { ...structure, id: 'STR-ft-two', code: 'ft-two', name: 'Deux agences' },
  ]);
  await insertRows(
    directory,
    'directory.structure_site',
    ['SITE-ft-10', 'SITE-ft-11'].map((site_id) => ({
      structure_id: 'STR-ft-two',
      site_id,
      method: 'TEST',
      confidence: 'CERTAIN',
      import_id: structure.import_id,
    })),
  );
  const fact = { network_id: 'NET-france-travail', published: true, findings: [] };
  const caf = { ...fact, network_id: 'NET-caf' };
  await insertRows(owner, 'improvement.self_diagnosis', [
    { ...fact, id: 'DIAG-two', structure_id: 'STR-ft-two', made_on: '2026-05-01' },
    { ...fact, id: 'DIAG-12', site_id: 'SITE-ft-12', made_on: '2026-01-01' },
    { ...fact, id: 'DIAG-12-old', site_id: 'SITE-ft-12', made_on: '2024-01-01' },
    // A year to the day is over.
    { ...fact, id: 'DIAG-13', site_id: 'SITE-ft-13', made_on: '2025-06-30' },
    { ...fact, id: 'DIAG-14', site_id: 'SITE-ft-14', made_on: '2025-07-01' },
    { ...fact, id: 'DIAG-15', site_id: 'SITE-ft-15', made_on: '2026-02-01', published: false },
    { ...fact, id: 'DIAG-16', site_id: 'SITE-ft-16', made_on: '2026-07-01' },
    { ...fact, id: 'DIAG-17', site_id: 'SITE-ft-17', made_on: '2023-03-01' },
    { ...fact, id: 'DIAG-net', made_on: '2026-05-01' },
    { ...caf, id: 'DIAG-caf', structure_id: 'STR-caf', made_on: '2026-05-01' },
    { ...caf, id: 'DIAG-caf-62', structure_id: 'STR-caf-62', made_on: '2026-05-01' },
    { ...caf, id: 'DIAG-caf-75', structure_id: 'STR-caf-75', site_id: 'SITE-caf-75', made_on: '2026-05-01' },
  ]);
});

const AS_OF = '2026-06-30';
const overdue = async (network: string, args = '', asOf = AS_OF) => {
  const { data, errors } = await ask(
    ANONYMOUS,
    `query ($network: ID!, $asOf: Date) { selfDiagnosesOverdue(network: $network, asOf: $asOf${args}) {
       totalCount nodes { id name lastOn site { id } structure { id } } pageInfo { endCursor hasNextPage } } }`,
    { network, asOf },
  );
  expect(errors).toBeUndefined();
  return data.selfDiagnosesOverdue;
};
const duty = async (network: string, asOf = AS_OF) => {
  const { data } = await ask(
    ANONYMOUS,
    `query ($r: [_Any!]!) { _entities(representations: $r) {
       ... on Network { selfDiagnosisDuty(asOf: "${asOf}") { asOf expected done overdue share } } } }`,
    { r: [{ __typename: 'Network', id: network }] },
  );
  return data._entities[0].selfDiagnosisDuty;
};

test('a network that publishes site by site owes one a year for each site that is open', async () => {
  // Fourteen open sites, that of the small directory, and its structure, which no site is linked to.
  expect(await duty('NET-france-travail')).toEqual({
    asOf: AS_OF,
    expected: 16,
    done: 4,
    overdue: 12,
    share: 0.25,
  });
  const { totalCount, nodes } = await overdue('NET-france-travail');
  expect(totalCount).toBe(12);
  expect(nodes).toHaveLength(12);
  expect(nodes[0]).toMatchObject({ lastOn: null, site: { id: 'SITE-ft-15' }, structure: null });
  expect(nodes.slice(-3)).toEqual([
    {
      id: 'STR-ft-bapaume',
      name: 'France Travail Bapaume',
      lastOn: null,
      site: null,
      structure: { id: 'STR-ft-bapaume' },
    },
    expect.objectContaining({ id: 'SITE-ft-17', lastOn: '2023-03-01' }),
    expect.objectContaining({ id: 'SITE-ft-13', lastOn: '2025-06-30' }),
  ]);
});

test('another network owes one for each structure that has none below; what is above or of one site does not count', async () => {
  expect(await duty('NET-caf')).toEqual({ asOf: AS_OF, expected: 2, done: 1, overdue: 1, share: 0.5 });
  expect((await overdue('NET-caf')).nodes).toMatchObject([{ id: 'STR-caf-75', lastOn: null }]);
});

test('the year ends on the day that was asked; an unknown network owes nothing', async () => {
  expect(await duty('NET-france-travail', '2026-07-01')).toMatchObject({ done: 4, overdue: 12 });
  expect(await duty('NET-caf', '2020-01-01')).toMatchObject({ done: 0, overdue: 2, share: 0 });
  expect(await duty('NET-nobody')).toBeNull();
  expect(await overdue('NET-nobody')).toMatchObject({ totalCount: 0, nodes: [] });
});

test('the list page by page is the list that plain SQL gives', async () => {
  const { rows } = await sql<{ id: string }>`
    select u.id from (
      select id from directory.site where network_id = 'NET-france-travail' and coalesce(valid_to, '2999-01-01') > ${AS_OF}
      union all select 'STR-ft-bapaume'
    ) u
    left join lateral (
      select max(made_on) as last_on from improvement.self_diagnosis d
       where d.published and d.made_on <= ${AS_OF}
         and (d.site_id = u.id or d.structure_id = u.id
           or d.structure_id = 'STR-ft-two' and u.id in ('SITE-ft-10', 'SITE-ft-11'))
    ) l on true
    where l.last_on is null or l.last_on <= date ${sql.lit(AS_OF)} - interval '1 year'
    order by l.last_on nulls first, u.id collate "C"`.execute(owner);
  const seen: string[] = [];
  let after = '';
  for (;;) {
    const page = await overdue('NET-france-travail', `, first: 5${after}`);
    seen.push(...page.nodes.map(({ id }: { id: string }) => id));
    if (!page.pageInfo.hasNextPage) break;
    after = `, after: "${page.pageInfo.endCursor}"`;
  }
  expect(seen).toEqual(rows.map(({ id }) => id));
  expect(seen).toHaveLength(12);
});

test('two statements, however many networks and units', async () => {
  const one = await countStatements(() => overdue('NET-france-travail', ', first: 1'));
  const many = await countStatements(() => overdue('NET-france-travail', ', first: 100'));
  expect([one.statements.length, many.statements.length]).toEqual([2, 2]);
});
