import { afterAll, expect, test } from 'vitest';
import { ANONYMOUS } from '../../../kernel/viewer.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { openWorkshop } from '../rewrite/fixtures/workshop.ts';

const { subgraph, ask, receive } = await openWorkshop();
afterAll(() => subgraph.close());

const inUse = (days: readonly [string, string, string, string, string], more: object = {}) => ({
  status: 'DISSEMINATED',
  received_on: days[0],
  triaged_on: days[1],
  rewritten_on: days[2],
  tested_on: days[3],
  disseminated_on: days[4],
  published: true,
  ...more,
});
await receive(inUse(['2026-01-01', '2026-01-03', '2026-01-13', '2026-01-18', '2026-01-21']));
await receive(
  inUse(['2026-01-02', '2026-01-05', '2026-01-25', '2026-01-31', '2026-02-01'], {
    problems: ['JARGON', 'TOO_LONG'],
  }),
);
await receive({
  status: 'TRIAGED',
  received_on: '2026-02-01',
  triaged_on: '2026-02-11',
  kind: 'FORM',
  published: true,
});
await receive({ received_on: '2026-02-02', problems: [], published: true });
await receive({ received_on: '2026-02-03', published: false });

const stats = async (groupBy: string, filter: object = {}) => {
  const { data, errors } = await ask(
    ANONYMOUS,
    `query ($f: SimplificationReportFilter) { simplificationStats(filter: $f, groupBy: [${groupBy}]) {
       keys { dimension value label } count share disseminated medianDays p90Days } }`,
    { f: filter },
  );
  return errors ? errors[0].extensions.code : data.simplificationStats;
};
const NONE = { disseminated: 0, medianDays: null, p90Days: null };

test('the funnel says how long each step took', async () => {
  const { data } = await ask(
    ANONYMOUS,
    '{ simplificationFunnel { received disseminated medianDays delays { step reports medianDays p90Days } } }',
  );
  expect(data.simplificationFunnel).toEqual({
    received: 4,
    disseminated: 2,
    medianDays: 25,
    delays: [
      { step: 'TRIAGE', reports: 3, medianDays: 3, p90Days: 8.6 },
      { step: 'REWRITE', reports: 2, medianDays: 15, p90Days: 19 },
      { step: 'TEST', reports: 2, medianDays: 5.5, p90Days: 5.9 },
      { step: 'DISSEMINATION', reports: 2, medianDays: 2, p90Days: 2.8 },
    ],
  });
});

test('reports spread by problem: several problems count in several groups', async () => {
  const key = (value: string | null, label: string) => ({ keys: [{ dimension: 'PROBLEM', value, label }] });
  expect(await stats('PROBLEM')).toEqual([
    { ...key('JARGON', 'Jargon'), count: 3, share: 0.75, disseminated: 2, medianDays: 25, p90Days: 29 },
    { ...key('TOO_LONG', 'Trop long'), count: 1, share: 0.25, disseminated: 1, medianDays: 30, p90Days: 30 },
    { ...key(null, 'Non précisé'), count: 1, share: 0.25, ...NONE },
  ]);
});

test('by two dimensions, months in their order', async () => {
  const groups = await stats('MONTH, KIND', { network: 'NET-caf' });
  expect(
    groups.map(({ keys, count }: { keys: { label: string }[]; count: number }) => [
      ...keys.map(({ label }) => label),
      count,
    ]),
  ).toEqual([
    ['2026-01', 'Courrier', 2],
    ['2026-02', 'Formulaire', 1],
    ['2026-02', 'Courrier', 1],
  ]);
  expect(await stats('NETWORK')).toMatchObject([
    { keys: [{ value: 'NET-caf', label: 'CAF' }], count: 4, share: 1 },
  ]);
  expect(await stats('STATUS', { network: 'NET-none' })).toEqual([]);
});

test('in one statement', async () => {
  const { statements } = await countStatements(() => stats('KIND, STATUS'));
  expect(statements).toHaveLength(1);
});

test.each(['', 'KIND, KIND', 'KIND, STATUS, MONTH'])('[%s] is not possible', async (groupBy) => {
  expect(await stats(groupBy)).toBe('BAD_USER_INPUT');
});
