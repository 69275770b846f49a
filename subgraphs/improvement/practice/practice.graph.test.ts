import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../kernel/viewer.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import {
  DITP,
  HQ,
  improvementWriters,
  LOCAL,
  NATIONAL,
  OTHER_HQ,
  outcomeOf,
  REFERENT,
  SIBLING,
} from '../fixtures/writers.ts';

const { ask, write, owner, stored } = await improvementWriters();

const PRACTICES = [
  {
    id: 'PRACTICE-cafe',
    title: 'Le café des usagers',
    description: 'Une heure d’échanges chaque mois avec celles et ceux qui attendaient debout',
    published: true,
  },
  {
    id: 'PRACTICE-rappel',
    title: 'Rappeler avant de rejeter',
    description: 'Un appel téléphonique pour chaque dossier incomplet',
    conditions: 'Deux agents formés',
    published: true,
  },
  { id: 'PRACTICE-brouillon', title: 'Un café secret', description: 'Pas encore public', published: false },
];

beforeAll(() =>
  insertRows(
    owner,
    'improvement.good_practice',
    PRACTICES.map((practice) => ({ network_id: 'NET-caf', structure_id: 'STR-caf-62', ...practice })),
  ),
);

const declare = (who: Viewer, input: object) =>
  write(
    who,
    'declareReuse',
    'DeclareReuseInput',
    { practice: 'PRACTICE-cafe', on: '2026-01-15', ...input },
    'practiceReuse { id version publication practice { id } structure { id } on words }',
  );
const practice = async (id = 'PRACTICE-cafe') => {
  const { data } = await ask(
    ANONYMOUS,
    `{ goodPractice(id: "${id}") { reuseCount reuses(first: 10) { totalCount nodes { id on words network { id } } } } }`,
  );
  return data.goodPractice;
};
const FT = { network: 'NET-france-travail' };
const PARIS = { network: 'NET-caf', structure: 'STR-caf-75' };

describe('a reuse', () => {
  test('is declared by those who write where it takes place; public and counted at once', async () => {
    const { practiceReuse } = await declare(SIBLING, { subject: PARIS, words: '  Le jeudi  ' });
    expect(practiceReuse).toMatchObject({
      version: 1,
      publication: 'PUBLISHED',
      practice: { id: 'PRACTICE-cafe' },
      structure: { id: 'STR-caf-75' },
      on: '2026-01-15',
      words: 'Le jeudi',
    });
    expect(outcomeOf(await declare(OTHER_HQ, { subject: FT, on: '2026-02-01' }))).toBe('done');
    expect(await practice()).toMatchObject({
      reuseCount: 2,
      reuses: {
        totalCount: 2,
        nodes: [{ on: '2026-02-01', network: { id: FT.network } }, { words: 'Le jeudi' }],
      },
    });
    const { data } = await ask(
      ANONYMOUS,
      '{ practiceReuses(filter: { structure: "STR-caf-75", practice: "PRACTICE-cafe" }) { nodes { practice { title } } } }',
    );
    expect(data.practiceReuses.nodes).toEqual([{ practice: { title: 'Le café des usagers' } }]);
  });

  test.each([
    ['one’s own practice', HQ, { subject: LOCAL }, 'OWN_PRACTICE'],
    ['the same again', SIBLING, { subject: PARIS }, 'ALREADY_DECLARED'],
    ['an unknown practice', HQ, { subject: NATIONAL, practice: 'PRACTICE-404' }, 'UNKNOWN_PRACTICE'],
    ['a draft', OTHER_HQ, { subject: FT, practice: 'PRACTICE-brouillon' }, 'UNKNOWN_PRACTICE'],
    ['no practice at all', HQ, { subject: NATIONAL, practice: 'café' }, 'BAD_CODE'],
    ['a day to come', HQ, { subject: NATIONAL, on: '2199-01-01' }, 'IN_THE_FUTURE'],
    ['a place beyond one’s branch', REFERENT, { subject: PARIS }, 'NOT_FOUND'],
    ['another network', HQ, { subject: FT }, 'NOT_FOUND'],
    ['a territory', DITP, { subject: { network: 'NET-caf', territory: 'DEP-62' } }, 'BAD_SUBJECT'],
    ['nobody', ANONYMOUS, { subject: NATIONAL }, 'UNAUTHENTICATED'],
  ] as const)('of %s is refused', async (_case, who, input, code) => {
    expect(outcomeOf(await declare(who, input))).toBe(code);
  });

  test('sent twice, at once or later, is one; two people who declare the same at once are one after the other', async () => {
    const input = { subject: NATIONAL, practice: 'PRACTICE-rappel', idempotencyKey: randomUUID() };
    const [one, other] = await Promise.all([declare(HQ, input), declare(HQ, input)]);
    expect(one).toEqual(other);
    expect(await declare(HQ, input)).toEqual(one);
    const site = { network: 'NET-caf', site: 'SITE-caf-75' };
    const both = await Promise.all(
      [HQ, DITP].map((who) => declare(who, { ...input, subject: site, idempotencyKey: randomUUID() })),
    );
    expect(both.map(outcomeOf).sort()).toEqual(['ALREADY_DECLARED', 'done']);
    expect(await practice('PRACTICE-rappel')).toMatchObject({ reuseCount: 2, reuses: { totalCount: 2 } });
  });

  test('is taken back, and then is not counted', async () => {
    const { practiceReuse } = await declare(DITP, { subject: { network: 'NET-caf', structure: 'STR-caf' } });
    const { id, version } = practiceReuse as { id: string; version: number };
    const before = (await practice()).reuseCount;
    const withdraw = (who: Viewer) =>
      write(
        who,
        'withdrawPracticeReuse',
        'PublicationInput',
        { id, version, reason: 'Doublon' },
        'practiceReuse { publication }',
      );
    expect(outcomeOf(await withdraw(OTHER_HQ))).toBe('NOT_FOUND');
    expect(await withdraw(HQ)).toMatchObject({ practiceReuse: { publication: 'WITHDRAWN' } });
    expect((await practice()).reuseCount).toBe(before - 1);
    expect(await stored('practice_reuse', id, 'published')).toEqual({ published: false });
  });
});

test.each([
  ['cafe', ['PRACTICE-cafe']],
  ['USAGER échange', ['PRACTICE-cafe']],
  ['rappels téléphoniques', ['PRACTICE-rappel']],
  ['form', ['PRACTICE-rappel']],
  ['café rappel', []],
  ['secret', []],
  ["l'usager & (dossier | 'x'", []],
  ['  ', ['PRACTICE-cafe', 'PRACTICE-rappel']],
])('practices found by %j', async (search, ids) => {
  const { data, errors } = await ask(
    ANONYMOUS,
    'query ($s: String) { goodPractices(filter: { search: $s }) { totalCount nodes { id } } }',
    { s: search },
  );
  expect(errors).toBeUndefined();
  expect(data.goodPractices.totalCount).toBe(ids.length);
  expect(data.goodPractices.nodes.map(({ id }: { id: string }) => id).sort()).toEqual(ids);
});

test('the reuses of many practices cost as many statements as those of one', async () => {
  const page = (first: number) =>
    countStatements(() =>
      ask(
        ANONYMOUS,
        `{ goodPractices(first: ${first}) { nodes { reuseCount reuses(first: 2) { nodes { practice { title } } } } } }`,
      ),
    );
  const [one, two] = [await page(1), await page(2)];
  expect(two.result.data.goodPractices.nodes).toHaveLength(2);
  expect([one.statements.length, two.statements.length]).toEqual([4, 4]);
});
