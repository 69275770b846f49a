import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../../kernel/config.ts';
import { asking } from '../../../test/kit/ask.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { openImprovement } from '../server.ts';

const database = await testDatabase();
const { ask, entities } = asking(await openImprovement(readConfig({}), database.url));
const owner = database.connect<unknown>('improvement', 'owner');
const directory = database.connect<unknown>('administrations', 'owner');

/** Structures with the one above, and where they stand. */
const TREE: Readonly<Record<string, { above: string | null; network: string; departement: string | null }>> =
  {
    'STR-caf': { above: null, network: 'NET-caf', departement: null },
    'STR-caf-62': { above: 'STR-caf', network: 'NET-caf', departement: 'DEP-62' },
    'STR-caf-75': { above: 'STR-caf', network: 'NET-caf', departement: 'DEP-75' },
    'STR-ft-bapaume': { above: null, network: 'NET-france-travail', departement: 'DEP-62' },
  };
/** Sites with the structure that they are linked to. */
const SITES: Readonly<Record<string, { structure: string | null; network: string; departement: string }>> = {
  'SITE-caf-62': { structure: 'STR-caf-62', network: 'NET-caf', departement: 'DEP-62' },
  'SITE-caf-75': { structure: 'STR-caf-75', network: 'NET-caf', departement: 'DEP-75' },
  'SITE-ft-62': { structure: 'STR-ft-bapaume', network: 'NET-france-travail', departement: 'DEP-62' },
};

interface Count {
  id: string;
  network: string;
  structure: string | null;
  site: string | null;
  theme: string;
  period: string;
  agents: number;
  trained: number;
  countedOn: string;
}

/** Every set of these subjects is tried: so are all ways in which counts stand above one another. */
const SUBJECTS = [
  { network: 'NET-caf', structure: null, site: null },
  { network: 'NET-caf', structure: 'STR-caf', site: null },
  { network: 'NET-caf', structure: 'STR-caf-62', site: null },
  { network: 'NET-caf', structure: null, site: 'SITE-caf-62' },
  { network: 'NET-caf', structure: 'STR-caf-75', site: 'SITE-caf-75' },
  { network: 'NET-france-travail', structure: null, site: null },
  { network: 'NET-france-travail', structure: null, site: 'SITE-ft-62' },
];

/** One year for each set of subjects, with two counts of the first: the older one does not count. */
const COUNTS: Count[] = Array.from({ length: 2 ** SUBJECTS.length - 1 }, (_, index) => index + 1).flatMap(
  (set) => {
    const chosen = SUBJECTS.map((subject, rank) => ({ subject, rank })).filter(
      ({ rank }) => set & (1 << rank),
    );
    const period = String(1900 + set);
    const count = (rank: number, day: string, times: number) => ({
      theme: 'BENEVOLENCE',
      period,
      agents: 10 ** rank * times,
      trained: 3 ** rank,
      countedOn: day,
    });
    return chosen.flatMap(({ subject, rank }, place) => [
      { ...subject, id: `TRAIN-${set}-${rank}`, ...count(rank, '2024-06-01', 1) },
      ...(place === 0
        ? [{ ...subject, id: `TRAIN-${set}-${rank}-old`, ...count(rank, '2023-06-01', 7) }]
        : []),
    ]);
  },
);

beforeAll(async () => {
  await seedDirectory(database);
  await insertRows(
    directory,
    'directory.structure_site',
    Object.entries(SITES).map(([site, { structure }]) => ({
      structure_id: structure,
      site_id: site,
      method: 'TEST',
      confidence: 'CERTAIN',
      import_id: '00000000-0000-4000-8000-000000000001',
    })),
  );
  await insertRows(
    owner,
    'improvement.training_count',
    [
      ...COUNTS,
      { ...COUNTS[0], id: 'TRAIN-draft', agents: 99, period: '1800', published: false },
      { ...COUNTS[0], id: 'TRAIN-S1', agents: 2, trained: 1, period: '2024-S1', theme: 'ACCESSIBILITY' },
      { ...COUNTS[0], id: 'TRAIN-2023', agents: 8, trained: 1, period: '2023', theme: 'ACCESSIBILITY' },
    ].map(({ network, structure, site, countedOn, ...rest }) => ({
      network_id: network,
      structure_id: structure,
      site_id: site,
      counted_on: countedOn,
      published: true,
      ...rest,
    })),
  );
});

const unitOf = ({ network, structure, site }: Pick<Count, 'network' | 'structure' | 'site'>) =>
  site ?? structure ?? network;

/** What stands above a subject, network included, by walking up. */
function above({ network, structure, site }: Pick<Count, 'network' | 'structure' | 'site'>): Set<string> {
  const found = new Set<string>();
  for (
    let at = structure ?? SITES[site ?? '']?.structure ?? null;
    at !== null;
    at = TREE[at]?.above ?? null
  ) {
    found.add(at);
  }
  found.add(network);
  found.delete(unitOf({ network, structure, site }));
  return found;
}

type Scope = { network?: string; structure?: string; site?: string; territory?: string };

function isIn(scope: Scope, subject: Pick<Count, 'network' | 'structure' | 'site'>): boolean {
  const departement =
    SITES[subject.site ?? '']?.departement ?? TREE[subject.structure ?? '']?.departement ?? null;
  const region = departement === null ? null : { 'DEP-62': 'REG-32', 'DEP-75': 'REG-11' }[departement];
  const branch = [unitOf(subject), ...above(subject)];
  return (
    (scope.network === undefined || scope.network === subject.network) &&
    (scope.structure === undefined || branch.includes(scope.structure)) &&
    (scope.site === undefined || scope.site === subject.site) &&
    (scope.territory === undefined || ['FR', departement, region].includes(scope.territory))
  );
}

/** What each network publishes at in the small directory. */
const UNITS = [
  { network: 'NET-caf', structure: 'STR-caf-62', site: null },
  { network: 'NET-caf', structure: 'STR-caf-75', site: null },
  { network: 'NET-france-travail', structure: null, site: 'SITE-ft-62' },
];

/** The same by hand: the latest count of each unit, without those that stand above another, in the scope. */
function byHand(period: string, scope: Scope) {
  const latest = COUNTS.filter((count) => count.period === period && !count.id.endsWith('-old'));
  const finest = latest.filter((count) => !latest.some((other) => above(other).has(unitOf(count))));
  const counted = finest.filter((count) => isIn(scope, count));
  if (counted.length === 0) return [];
  const sum = (of: 'agents' | 'trained') => counted.reduce((total, count) => total + count[of], 0);
  const units = UNITS.filter((unit) => isIn(scope, unit));
  const told = units.filter((unit) =>
    finest.some(
      (count) =>
        unitOf(count) === unitOf(unit) || above(unit).has(unitOf(count)) || above(count).has(unitOf(unit)),
    ),
  );
  return [
    {
      theme: 'BENEVOLENCE',
      period,
      agents: sum('agents'),
      trained: sum('trained'),
      share: sum('trained') / sum('agents'),
      counts: counted.length,
      unitsCounted: told.length,
      units: units.length,
    },
  ];
}

const FIELDS = 'theme period agents trained share counts unitsCounted units';

describe.each<Scope>([
  {},
  { network: 'NET-caf' },
  { network: 'NET-france-travail', territory: 'REG-32' },
  { structure: 'STR-caf' },
  { structure: 'STR-caf-62' },
  { site: 'SITE-caf-62' },
  { site: 'SITE-ft-62' },
  { territory: 'FR' },
  { territory: 'DEP-62' },
  { territory: 'REG-11' },
])('trained agents of %j', (scope) => {
  test('are those of the finest counts, whatever stands above them', async () => {
    const periods = [...new Set(COUNTS.map(({ period }) => period))];
    const { data, errors } = await ask(
      `query ($f: TrainingScope) { ${periods
        .map(
          (period) =>
            `y${period}: trainingCoverage(filter: $f, theme: BENEVOLENCE, period: "${period}") { ${FIELDS} }`,
        )
        .join(' ')} }`,
      { f: scope },
    );
    expect(errors).toBeUndefined();
    for (const period of periods) {
      const expected = byHand(period, scope);
      const found = data[`y${period}`];
      expect([period, found]).toEqual([
        period,
        expected.map((each) => ({ ...each, share: expect.closeTo(each.share, 12) })),
      ]);
    }
  });
});

test('without a period, the latest of each theme; a draft counts for nothing', async () => {
  const { data } = await ask(
    '{ trainingCoverage(filter: { network: "NET-caf" }) { theme period agents trained share } none: trainingCoverage(filter: { network: "NET-caf" }, period: "1800") { theme } }',
  );
  expect(data.trainingCoverage).toMatchObject([
    { theme: 'ACCESSIBILITY', period: '2024-S1', agents: 2, trained: 1, share: 0.5 },
    { theme: 'BENEVOLENCE', period: '2027' },
  ]);
  expect(data.none).toEqual([]);
});

test('a period that is none is refused', async () => {
  const { errors } = await ask('{ trainingCoverage(period: "2025-S3") { theme } }');
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('many places cost two statements', async () => {
  const sites = Object.keys(SITES).map((id) => ({ __typename: 'Site', id }));
  const fields = `... on Site { trainingCoverage(period: "2027", theme: BENEVOLENCE) { ${FIELDS} } }`;
  const many = await countStatements(() => entities(sites, fields));
  expect(many.statements).toHaveLength(2);
  expect(many.result.data._entities).toHaveLength(3);
  const first = many.result.data._entities[0].trainingCoverage;
  expect(first).toMatchObject(
    byHand('2027', { site: 'SITE-caf-62' }).map(({ agents, units }) => ({ agents, units })),
  );
});

test('counts beyond all reason do not take the answer away from everybody', async () => {
  await insertRows(
    owner,
    'improvement.training_count',
    ['SITE-caf-62', 'SITE-caf-75'].map((site_id) => ({
      id: `TRAIN-${site_id}`,
      network_id: 'NET-caf',
      site_id,
      theme: 'BENEVOLENCE',
      period: '2199',
      agents: 2_147_483_647,
      trained: 2_147_483_647,
      published: true,
    })),
  );
  const { data } = await ask('{ trainingCoverage(period: "2199") { agents trained share counts } }');
  expect(data.trainingCoverage).toEqual([
    { agents: 2_147_483_647, trained: 2_147_483_647, share: 1, counts: 2 },
  ]);
});
