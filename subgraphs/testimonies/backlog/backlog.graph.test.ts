import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Viewer } from '../../../kernel/viewer.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { ANONYMOUS } from '../fixtures/writers.ts';
import {
  HEADQUARTERS,
  OTHER_VALIDATOR,
  REFERENT,
  repliersWorld,
  SIBLING,
  VALIDATOR,
} from '../reply/fixtures/repliers.ts';

const { tell, ask, owner } = await repliersWorld();

beforeAll(async () => {
  const told = [
    ['2026-11-02', { structure: 'STR-caf-62' }],
    [
      '2026-11-01',
      { structure: 'STR-caf-62-arras', site: 'SITE-caf-62', status: 'DRAFT', reply: 'Brouillon' },
    ],
    ['2026-11-20', { structure: 'STR-caf-62', status: 'TO_VALIDATE', reply: 'À valider' }],
    ['2026-10-01', { structure: 'STR-caf-62', answeredOn: '2026-10-05' }],
    ['2026-10-02', { structure: 'STR-caf-62', status: 'TRANSFERRED' }],
    ['2026-11-03', { structure: 'STR-caf-75' }],
    ['2026-11-04', { structure: 'STR-ft-bapaume', network: 'NET-france-travail' }],
  ] as const;
  for (const [writtenOn, concern] of told) await tell([concern], { writtenOn });
  // Not published: nobody owes anything yet.
  await tell([{ structure: 'STR-caf-62' }], { state: 'SUBMITTED' });
  await sql`insert into testimonies.reply_duty (network_id, days, source) values ('NET-caf', 15, 'Essai')`.execute(
    owner,
  );
});

const NODES = 'totalCount nodes { id state writtenOn waitingDays dueOn overdue }';

async function entity(who: Viewer, type: string, id: string, fields: string) {
  const { data, errors } = await ask(
    who,
    `query ($r: [_Any]!) { _entities(representations: $r) { ... on ${type} { ${fields} } } }`,
    { r: [{ __typename: type, id }] },
  );
  return errors ? { error: errors[0].extensions.code } : data._entities[0];
}

test('what a branch owes, the oldest first, with its days', async () => {
  const { backlog } = await entity(REFERENT, 'Structure', 'STR-caf-62', `backlog { ${NODES} }`);
  expect(backlog).toEqual({
    totalCount: 3,
    nodes: [
      {
        id: 'TEM-N2:1',
        state: 'DRAFT',
        writtenOn: '2026-11-01',
        waitingDays: 21,
        dueOn: '2026-11-16',
        overdue: true,
      },
      {
        id: 'TEM-N1:1',
        state: 'TO_PROCESS',
        writtenOn: '2026-11-02',
        waitingDays: 20,
        dueOn: '2026-11-17',
        overdue: true,
      },
      {
        id: 'TEM-N3:1',
        state: 'TO_VALIDATE',
        writtenOn: '2026-11-20',
        waitingDays: 2,
        dueOn: '2026-12-05',
        overdue: false,
      },
    ],
  });
});

test('by state and by what is late, page by page', async () => {
  const ids = async (args: string) =>
    (
      await entity(VALIDATOR, 'Structure', 'STR-caf-62', `backlog(${args}) { nodes { id } }`)
    ).backlog.nodes.map(({ id }: { id: string }) => id);
  expect(await ids('states: [DRAFT, TO_VALIDATE]')).toEqual(['TEM-N2:1', 'TEM-N3:1']);
  expect(await ids('states: [PUBLISHED, TRANSFERRED]')).toEqual(['TEM-N4:1', 'TEM-N5:1']);
  expect(await ids('overdue: true')).toEqual(['TEM-N2:1', 'TEM-N1:1']);
  expect(await ids('overdue: false')).toEqual(['TEM-N3:1']);
  expect(await ids('states: []')).toEqual([]);
  const first = await entity(
    VALIDATOR,
    'Structure',
    'STR-caf-62',
    'backlog(first: 2) { pageInfo { endCursor hasNextPage } }',
  );
  expect(first.backlog.pageInfo.hasNextPage).toBe(true);
  const after = first.backlog.pageInfo.endCursor;
  expect(await ids(`first: 2, after: "${after}"`)).toEqual(['TEM-N3:1']);
  // A cursor of another list.
  expect(await entity(VALIDATOR, 'Site', 'SITE-caf-62', `backlog(after: "${after}") { totalCount }`)).toEqual(
    {
      error: 'BAD_USER_INPUT',
    },
  );
});

test('everybody sees what is theirs: the branch, the network, and of others nothing, as of what does not exist', async () => {
  const total = async (who: Viewer, type: string, id: string) => {
    const found = await entity(
      who,
      type,
      id,
      'backlog { totalCount } backlogSummary { toProcess draft toValidate overdue oldestWrittenOn }',
    );
    return found.error ?? [found.backlog.totalCount, Object.values(found.backlogSummary)];
  };
  const nothing = [0, [0, 0, 0, null, null]];
  expect(await total(VALIDATOR, 'Network', 'NET-caf')).toEqual([4, [2, 1, 1, 3, '2026-11-01']]);
  expect(await total(HEADQUARTERS, 'Structure', 'STR-caf')).toEqual([4, [2, 1, 1, 3, '2026-11-01']]);
  expect(await total(REFERENT, 'Network', 'NET-caf')).toEqual([3, [1, 1, 1, 2, '2026-11-01']]);
  expect(await total(REFERENT, 'Site', 'SITE-caf-62')).toEqual([1, [0, 1, 0, 1, '2026-11-01']]);
  expect(await total(SIBLING, 'Structure', 'STR-caf')).toEqual([1, [1, 0, 0, 1, '2026-11-03']]);
  expect(await total(OTHER_VALIDATOR, 'Network', 'NET-france-travail')).toEqual([
    1,
    [1, 0, 0, null, '2026-11-04'],
  ]);
  for (const id of ['NET-caf', 'NET-none'])
    expect(await total(OTHER_VALIDATOR, 'Network', id)).toEqual(nothing);
  for (const id of ['STR-caf-62', 'STR-none']) expect(await total(SIBLING, 'Structure', id)).toEqual(nothing);
});

test('the public, and analysts, have no such field', async () => {
  const found = await ask(
    ANONYMOUS,
    'query ($r: [_Any]!) { _entities(representations: $r) { ... on Network { id backlog { totalCount } backlogSummary { draft } } } }',
    {
      r: [{ __typename: 'Network', id: 'NET-caf' }],
    },
  );
  expect(found.data._entities).toEqual([{ id: 'NET-caf', backlog: null, backlogSummary: null }]);
  expect(found.errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)).toEqual([
    'UNAUTHENTICATED',
    'UNAUTHENTICATED',
  ]);
});

test('a page costs the same statements whatever it holds, under one object or many', async () => {
  const fields =
    'id backlog(first: 50) { totalCount nodes { id state steps body testimony { id title } structure { id } dueOn handedOnTo { id } } } backlogSummary { overdue }';
  const count = async (ids: readonly string[]) => {
    const { statements } = await countStatements(() =>
      ask(
        VALIDATOR,
        `query ($r: [_Any]!) { _entities(representations: $r) { ... on Structure { ${fields} } } }`,
        {
          r: ids.map((id) => ({ __typename: 'Structure', id })),
        },
      ),
    );
    return statements.length;
  };
  const one = await count(['STR-caf-62-arras']);
  expect(await count(['STR-caf', 'STR-caf-62', 'STR-caf-75', 'STR-none'])).toBe(one);
  // Rows, counts, figures: each with the name of who asks; then the testimonies.
  expect(one).toBe(7);
});
