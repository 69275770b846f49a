import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { ask } from '../fixtures/ask.ts';
import { country, siteId } from '../fixtures/country.ts';
import { openAdministrations } from '../server.ts';
import type { AdministrationsDatabase } from '../tables.ts';

const database = await testDatabase();
const story = country()
  .typology('TYP-caf', 'NET-caf', 'CAF')
  .structure('STR-1', { network_id: 'NET-caf', name: 'CNAF', level: 'NATIONAL' })
  .structure('STR-2', {
    network_id: 'NET-caf',
    name: 'CAF du Pas-de-Calais',
    level: 'DEPARTEMENT',
    parent_id: 'STR-1',
    typology_id: 'TYP-caf',
    departement_id: 'DEP-62',
    region_id: 'REG-32',
    commune_match: 'AMBIGUOUS',
    import_row: 7,
  })
  .link('STR-2', siteId('2'))
  .commitment('COMMITMENT-E3', {
    version: '2024',
    position: 3,
    title: 'Vous bénéficiez d’un accompagnement adapté',
  })
  .commitment('COMMITMENT-E5', { version: '2024', position: 5 })
  .commitment('COMMITMENT-2021-3', { version: '2021', position: 3, heading: 'PROCHES' })
  .commitment('COMMITMENT-2021-4', { version: '2021', position: 4 })
  .correspondence('COMMITMENT-2021-3', 'COMMITMENT-E3', true)
  .correspondence('COMMITMENT-2021-4', 'COMMITMENT-E3', true)
  .wording('NET-caf', 'COMMITMENT-E3', 'Une équipe à votre écoute')
  .display('DISPLAY-1', { network_id: 'NET-caf', commitment_id: 'COMMITMENT-E3', site_id: siteId('2') })
  .display('DISPLAY-2', { network_id: 'NET-caf', commitment_id: 'COMMITMENT-E3', url: 'https://caf.fr' })
  .procedure('PROC-rsa', { name: 'Demande de RSA', network_id: 'NET-caf', flagship: true })
  .procedure('PROC-apl', { name: 'Aide au logement', network_id: 'NET-caf' })
  .delay('PROC-rsa', 'FR', { days: 30 })
  .delay('PROC-rsa', 'DEP-62', { days: 15 });
for (let index = 1; index <= 40; index += 1) story.network(`NET-n${index}`, { ministry_id: 'MIN-travail' });
await story.save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const subgraph = await openAdministrations({ statementTimeoutMs: 8000 }, database.url);
afterAll(() => subgraph.close());

const FIELDS = `id code name finestLevel hasIvr countsInTransparency validFrom validTo ministry { id name }
  successor { id } predecessors { id name validTo } pivots { code label network { id } }
  typologies { id name network { id } }
  commitments { wording validFrom source { file } network { id } commitment { id code }
    displays { totalCount nodes { id place url since site { id } } } }
  structures { totalCount nodes { id level } } sites { totalCount nodes { id } }
  procedures { totalCount nodes { id flagship url } }`;

test('a network, field by field', async () => {
  const { data, errors } = await ask(subgraph, `{ network(id: "NET-caf") { ${FIELDS} } }`);
  expect(errors).toEqual([]);
  expect(data.network).toEqual({
    id: 'NET-caf',
    code: 'caf',
    name: "Caisses d'allocations familiales",
    finestLevel: 'DEPARTEMENT',
    hasIvr: false,
    countsInTransparency: true,
    validFrom: null,
    validTo: null,
    ministry: null,
    successor: null,
    predecessors: [],
    pivots: [{ code: 'caf', label: "Caisse d'allocations familiales", network: { id: 'NET-caf' } }],
    typologies: [{ id: 'TYP-caf', name: 'CAF', network: { id: 'NET-caf' } }],
    commitments: [
      {
        wording: 'Une équipe à votre écoute',
        validFrom: null,
        source: { file: 'seed.json' },
        network: { id: 'NET-caf' },
        commitment: { id: 'COMMITMENT-E3', code: 'E3' },
        displays: {
          totalCount: 2,
          nodes: [
            { id: 'DISPLAY-1', place: 'RECEPTION', url: null, since: null, site: { id: siteId('2') } },
            { id: 'DISPLAY-2', place: 'WEB', url: 'https://caf.fr', since: null, site: null },
          ],
        },
      },
    ],
    structures: {
      totalCount: 2,
      nodes: [
        { id: 'STR-2', level: 'DEPARTEMENT' },
        { id: 'STR-1', level: 'NATIONAL' },
      ],
    },
    sites: { totalCount: 3, nodes: [{ id: siteId('3') }, { id: siteId('4') }, { id: siteId('2') }] },
    procedures: {
      totalCount: 2,
      nodes: [
        { id: 'PROC-apl', flagship: false, url: null },
        { id: 'PROC-rsa', flagship: true, url: null },
      ],
    },
  });
});

test('a network and the one that replaced it know each other; lists hold the current one', async () => {
  const { data } = await ask(
    subgraph,
    `{ old: network(id: "NET-pole-emploi") { validTo successor { id hasIvr finestLevel predecessors { id } ministry { name } } }
      networks(search: "pole emploi") { id } closed: networks(search: "pole emploi", includeClosed: true) { id } }`,
  );
  expect(data).toEqual({
    old: {
      validTo: '2023-12-31',
      successor: {
        id: 'NET-france-travail',
        hasIvr: true,
        finestLevel: 'SITE',
        predecessors: [{ id: 'NET-pole-emploi' }],
        ministry: { name: 'Ministère du Travail' },
      },
    },
    networks: [{ id: 'NET-france-travail' }],
    closed: [{ id: 'NET-france-travail' }, { id: 'NET-pole-emploi' }],
  });
});

test.each(['NET-nothing', 'COM-62080', '', 'NET-a b'])('network %j: null, no error', async (id) => {
  const { data, errors } = await ask(subgraph, 'query ($id: ID!) { network(id: $id) { id } }', { id });
  expect({ data, errors }).toEqual({ data: { network: null }, errors: [] });
});

test('forty networks with all that surrounds them take the statements of three', async () => {
  const count = async (args: string) => {
    const { result, statements } = await countStatements(() =>
      ask(subgraph, `{ networks(${args}) { ${FIELDS} } }`),
    );
    expect(result.errors).toEqual([]);
    return statements.length;
  };
  expect(await count('includeClosed: true')).toBe(
    await count('includeClosed: true, ids: ["NET-caf", "NET-pole-emploi", "NET-n1"]'),
  );
});

test('the tree of structures, their territory and where they come from', async () => {
  const { data, errors } = await ask(
    subgraph,
    `{ structure(id: "STR-2") { code name level network { id } typology { name } parent { id parent { id } } ancestors { id }
        children { id } sites { id } territory { id } communeMatch postalCode city validTo source { source row } }
      top: structure(id: "STR-1") { children { id } ancestors { id } territory { id } sites { id } typology { id } }
      none: structure(id: "STR-x") { id }
      structures(network: "NET-caf", level: DEPARTEMENT) { totalCount nodes { id } }
      within: structures(within: "REG-32", search: "calais") { totalCount nodes { id } } }`,
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    structure: {
      code: '2',
      name: 'CAF du Pas-de-Calais',
      level: 'DEPARTEMENT',
      network: { id: 'NET-caf' },
      typology: { name: 'CAF' },
      parent: { id: 'STR-1', parent: null },
      ancestors: [{ id: 'STR-1' }],
      children: [],
      sites: [{ id: siteId('2') }],
      territory: { id: 'DEP-62' },
      communeMatch: 'AMBIGUOUS',
      postalCode: null,
      city: null,
      validTo: null,
      source: { source: 'DILA', row: 7 },
    },
    top: { children: [{ id: 'STR-2' }], ancestors: [], territory: { id: 'FR' }, sites: [], typology: null },
    none: null,
    structures: { totalCount: 1, nodes: [{ id: 'STR-2' }] },
    within: { totalCount: 1, nodes: [{ id: 'STR-2' }] },
  });
});

test('the two versions of the commitments and what became what', async () => {
  const { data, errors } = await ask(
    subgraph,
    `{ both: commitments { id } old: commitments(version: "2021") { code heading } new: commitments(version: 2024) { code }
      merged: commitment(id: "COMMITMENT-E3") { version code position title shortTitle source correspondsTo { id }
        correspondences { merged commitment { id } } wordings { wording network { id } } }
      fresh: commitment(id: "COMMITMENT-E5") { correspondsTo { id } } none: commitment(id: "COMMITMENT-E9") { id } }`,
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    both: ['E3', 'E5', '2021-3', '2021-4'].map((code) => ({ id: `COMMITMENT-${code}` })),
    old: [
      { code: '2021-3', heading: 'PROCHES' },
      { code: '2021-4', heading: null },
    ],
    new: [{ code: 'E3' }, { code: 'E5' }],
    merged: {
      version: '2024',
      code: 'E3',
      position: 3,
      title: 'Vous bénéficiez d’un accompagnement adapté',
      shortTitle: null,
      source: 'S002',
      correspondsTo: [{ id: 'COMMITMENT-2021-3' }, { id: 'COMMITMENT-2021-4' }],
      correspondences: [
        { merged: true, commitment: { id: 'COMMITMENT-2021-3' } },
        { merged: true, commitment: { id: 'COMMITMENT-2021-4' } },
      ],
      wordings: [{ wording: 'Une équipe à votre écoute', network: { id: 'NET-caf' } }],
    },
    fresh: { correspondsTo: [] },
    none: null,
  });
  const { errors: refused } = await ask(subgraph, '{ commitments(version: "2022") { id } }');
  expect(refused.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
});

test('procedures and the delays announced for them', async () => {
  const { data, errors } = await ask(
    subgraph,
    `{ procedure(id: "PROC-rsa") { name flagship network { id } source { file }
        here: announcedDelays(territory: "COM-62080") { days channel announcedOn inherited territory { id } source { file } }
        all: announcedDelays { days territory { id } } none: announcedDelays(channel: PHONE) { days } }
      procedures(flagship: true) { totalCount nodes { id } } unknown: procedure(id: "PROC-x") { id } }`,
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    procedure: {
      name: 'Demande de RSA',
      flagship: true,
      network: { id: 'NET-caf' },
      source: null,
      here: [
        {
          days: 15,
          channel: 'ONLINE',
          announcedOn: '2025-01-01',
          inherited: true,
          territory: { id: 'DEP-62' },
          source: null,
        },
      ],
      all: [
        { days: 15, territory: { id: 'DEP-62' } },
        { days: 30, territory: { id: 'FR' } },
      ],
      none: [],
    },
    procedures: { totalCount: 1, nodes: [{ id: 'PROC-rsa' }] },
    unknown: null,
  });
});

test('ministries and kinds of place', async () => {
  interface Lists {
    ministries: { networks: unknown[] }[];
    pivots: { code: string }[];
  }
  const { data } = await ask<Lists>(subgraph, '{ ministries { name networks { id } } pivots { code } }');
  expect(data.ministries.map(({ networks }) => networks.length)).toEqual([41]);
  expect(data.pivots.map(({ code }) => code)).toEqual(['caf', 'mairie', 'pole_emploi']);
});
