import { Readable } from 'node:stream';
import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { realDirectory } from '../../../test/kit/real-directory.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { spStructures } from './sp-structures.merge.ts';
import { structureSites } from './structure-sites.merge.ts';

const database = await testDatabase(realDirectory);
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');
const rows = async <T>(query: RawBuilder<T>) => (await query.execute(db)).rows;

beforeEach(async () => {
  await sql`truncate directory.structure, directory.structure_site`.execute(db);
  await sql`delete from administrations.import where feed in ('sp-structures', 'structure-sites')`.execute(
    db,
  );
});

const load = (feed: Feed, text: string, options: Record<string, string> = {}) =>
  runImport(feed, { name: 'file', stream: Readable.from([text]) }, { databaseUrl: database.url, options });
const HEADER =
  'code_sp_de_la_structure;reseau;intitule_de_la_typologie;intitule_de_la_structure;code_sp_structure_parent;code_postal;ville';
const csv = (...lines: string[]) => [HEADER, ...lines, ''].join('\n');
const structures = () =>
  rows(sql`
    select id, network_id, typology_id, parent_id, level, commune_id, departement_id, region_id, commune_match
    from directory.structure where valid_to is null order by id`);

const TREE = [
  '30;Caf;Caf;CAF du Gard;1;30000;Nîmes',
  '62;CNAF;Caf;CAF du Pas-de-Calais;1;62015;ARRAS CEDEX',
  "1;Caisses d'allocations familiales;Siège;CAF;;75013;Paris 13",
];

test('a tree, parents after children: leaves answer for the finest level of their network, the root for the nation', async () => {
  const report = await load(spStructures, csv(...TREE));
  expect(report).toMatchObject({
    state: 'PUBLISHED',
    merge: { inserted: 3, details: { exact: 3, ambiguous: 0, none: 0 } },
  });
  const caf = {
    network_id: 'NET-caf',
    typology_id: 'TYP-caf-caf',
    parent_id: 'STR-1',
    commune_match: 'EXACT',
  };
  expect(await structures()).toEqual([
    {
      ...{ ...caf, id: 'STR-1', typology_id: 'TYP-caf-siege', parent_id: null, level: 'NATIONAL' },
      ...{ commune_id: 'COM-75056', departement_id: null, region_id: null },
    },
    {
      ...{ ...caf, id: 'STR-30', level: 'DEPARTEMENT', commune_id: 'COM-30189' },
      ...{ departement_id: 'DEP-30', region_id: 'REG-76' },
    },
    {
      ...{ ...caf, id: 'STR-62', level: 'DEPARTEMENT', commune_id: 'COM-62041' },
      ...{ departement_id: 'DEP-62', region_id: 'REG-32' },
    },
  ]);
});

test('the JSON export gives the same structures', async () => {
  await load(spStructures, csv(...TREE));
  const expected = await structures();
  await sql`truncate directory.structure, directory.structure_site`.execute(db);
  const keys = HEADER.split(';');
  const elements = TREE.map((line) =>
    Object.fromEntries(line.split(';').map((cell, index) => [keys[index] ?? '', cell])),
  );
  await expect(load(spStructures, JSON.stringify(elements))).resolves.toMatchObject({ state: 'PUBLISHED' });
  expect(await structures()).toEqual(expected);
});

test('the order of the rows does not matter', async () => {
  await load(spStructures, csv(...TREE));
  const expected = await structures();
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(TREE, { minLength: TREE.length }), async (order) => {
      await sql`truncate directory.structure, directory.structure_site`.execute(db);
      await sql`delete from administrations.import where feed = 'sp-structures'`.execute(db);
      await load(spStructures, csv(...order));
      expect(await structures()).toEqual(expected);
    }),
    { numRuns: 6 },
  );
});

test('what is between the root and the leaves stands one level above them; the file may say otherwise', async () => {
  const header = `${HEADER};maille`;
  const lines = [
    '1;France Travail;;National;;;;',
    '2;Pôle emploi;;Haut;1;;;',
    '3;France Travail;;Agence;2;62450;Bapaume;',
  ];
  await load(spStructures, [header, lines[0], '2;France Travail;;Nord;1;;;', lines[2], ''].join('\n'));
  const levels = () => rows(sql`select id, level, network_id from directory.structure order by id`);
  expect(await levels()).toMatchObject([{ level: 'NATIONAL' }, { level: 'DEPARTEMENT' }, { level: 'SITE' }]);
  await load(spStructures, [header, lines[0], '2;Pôle emploi;;Nord;1;;;Régional', lines[2], ''].join('\n'));
  expect(await levels()).toMatchObject([
    { level: 'NATIONAL' },
    { level: 'REGION', network_id: 'NET-pole-emploi' },
    { level: 'SITE', network_id: 'NET-france-travail' },
  ]);
});

test.each([
  ['post code and city', '62450', 'BAPAUME', 'EXACT', 'COM-62080', 'DEP-62'],
  ['a saint abbreviated, a CEDEX', '42055', 'St Etienne Cedex 2', 'EXACT', 'COM-42218', 'DEP-42'],
  ['a commune that merged', '01200', 'Châtillon-en-Michaille', 'EXACT', 'COM-01033', 'DEP-01'],
  ['an arrondissement of Lyon', '69003', 'Lyon 3e Arrondissement', 'EXACT', 'COM-69123', 'DEP-69'],
  ['a city that this post code does not serve', '62450', 'Marseille', 'NONE', null, 'DEP-62'],
  ['an unknown post code and city', '00000', 'Nulle-Part', 'NONE', null, null],
  ['nothing', '', '', 'NONE', null, null],
])('the commune of %s', async (_case, postalCode, city, match, commune, departement) => {
  await load(spStructures, csv(`5;France Travail;;Agence;;${postalCode};${city}`));
  expect(await structures()).toMatchObject([
    { commune_match: match, commune_id: commune, departement_id: departement },
  ]);
});

test('an unknown network is quarantined, an unknown parent told, a loop of parents rejected', async () => {
  const report = await load(
    spStructures,
    csv(
      '1;Ministère de la Magie;;A;;;',
      '2;CAF;;B;404;;',
      '3;CAF;;C;4;;',
      '4;CAF;;D;5;;',
      '5;CAF;;E;3;;',
      '6;CAF;;F;6;;',
    ),
  );
  expect(report.state).toBe('REFUSED');
  expect(report.problems.map(({ code, severity, count }) => ({ code, severity, count }))).toEqual(
    expect.arrayContaining([
      { code: 'PARENT_LOOP', severity: 'REJECTED', count: 4 },
      { code: 'UNKNOWN_NETWORK', severity: 'QUARANTINED', count: 1 },
      { code: 'UNKNOWN_PARENT', severity: 'NOTICE', count: 1 },
    ]),
  );
  expect(await structures()).toEqual([]);
});

test('a loop that closes through a structure of an earlier file is rejected too', async () => {
  await load(spStructures, csv('1;CAF;;A;;;', '2;CAF;;B;1;;'));
  await expect(load(spStructures, csv('1;CAF;;A;2;;'))).resolves.toMatchObject({
    state: 'REFUSED',
    problems: [{ code: 'PARENT_LOOP', count: 1 }],
  });
});

test('contradictory rows are rejected, missing names too', async () => {
  const report = await load(spStructures, csv('1;CAF;;A;;;', '1;CAF;;B;;;', '2;CAF;;;;;'));
  expect(report).toMatchObject({ state: 'REFUSED', counts: { rejected: 3 } });
});

test('a complete file closes the structures of its networks that it no longer holds', async () => {
  await load(spStructures, csv('1;CAF;;A;;;', '2;CAF;;B;;;', '3;MSA;;C;;;'));
  const report = await load(spStructures, csv('1;CAF;;A;;;'), { complete: 'oui' });
  expect(report.merge).toMatchObject({ closed: 1 });
  expect((await structures()).map((each) => (each as { id: string }).id)).toEqual(['STR-1', 'STR-3']);
});

test('links to sites by code of the directory or UUID; unknown ones are quarantined; a rollback removes them', async () => {
  await load(spStructures, csv(...TREE, '9;France Travail;;Agence de Bapaume;;62450;Bapaume'));
  const text = [
    'code_sp;site;methode;confiance;debut;fin',
    '9;pole_emploi-62080-01;nom et commune;certaine;2018-01-01;',
    'STR-9;528EC072-1427-5e8a-b747-131251cdaea3;nom et commune;certaine;2018-01-01;',
    '9;caf-00000-01;nom;possible;;',
    '404;pole_emploi-62080-01;nom;possible;;',
    '',
  ].join('\n');
  const report = await load(structureSites, text);
  expect(report).toMatchObject({
    state: 'PUBLISHED',
    counts: { quarantined: 2 },
    merge: { inserted: 1 },
    problems: expect.arrayContaining([
      expect.objectContaining({ code: 'UNKNOWN_SITE', count: 1 }),
      expect.objectContaining({ code: 'UNKNOWN_STRUCTURE', count: 1 }),
    ]),
  });
  const links = () =>
    rows(sql`select structure_id, site_id, confidence, valid_from from directory.structure_site`);
  expect(await links()).toEqual([
    {
      ...{ structure_id: 'STR-9', site_id: 'SITE-528ec072-1427-5e8a-b747-131251cdaea3' },
      ...{ confidence: 'CERTAIN', valid_from: '2018-01-01' },
    },
  ]);
  const [change] = await rows(
    sql`select entity, id, new_network_id from directory.change where entity = 'STRUCTURE_SITE'`,
  );
  expect(change).toEqual({ entity: 'STRUCTURE_SITE', id: 'STR-9', new_network_id: 'NET-france-travail' });
  const feeds = new Map<string, Feed>([['structure-sites', structureSites]]);
  await rollbackImport(feeds, 'administrations', report.importId ?? '', { databaseUrl: database.url });
  expect(await links()).toEqual([]);
});

test.each([
  ['a confidence of ours', '9;pole_emploi-62080-01;nom;sûre;;', 'NOT_ALLOWED'],
  [
    'an end before the beginning',
    '9;pole_emploi-62080-01;nom;certaine;2020-01-01;2019-01-01',
    'OUT_OF_RANGE',
  ],
  ['no method', '9;pole_emploi-62080-01;;certaine;;', 'REQUIRED'],
])('a link with %s is rejected', async (_case, line, code) => {
  const report = await load(structureSites, `code_sp;site;methode;confiance;debut;fin\n${line}\n`);
  expect(report).toMatchObject({ state: 'REFUSED', problems: [{ code, severity: 'REJECTED' }] });
});
