import { expect, test } from 'vitest';
import { countStatements } from '../../../test/kit/statements.ts';
import { askIndicators } from '../fixtures/ask.ts';

const ask = await askIndicators();

const FIELDS = `{ territory { id } period rate basis reason provenance { source file }
  byNetwork { network { id } rate publishing expected transparent basis provenance { file } } }`;
const transparency = async (args: string) => {
  const { data, errors } = await ask(`{ transparency(${args}) ${FIELDS} }`);
  expect(errors).toBeUndefined();
  return data.transparency;
};

test('a published rate, with where it comes from', async () => {
  expect(await transparency('territory: "DEP-62", period: "2022"')).toMatchObject({
    territory: { id: 'DEP-62' },
    period: '2022',
    rate: 75,
    basis: 'PUBLISHED',
    reason: null,
    provenance: { source: 'Réseaux', file: 'resultats.csv' },
  });
  expect(await transparency('territory: "FR", period: "2022"')).toMatchObject({
    rate: 79,
    basis: 'PUBLISHED',
  });
});

test('a computed rate is the plain mean of the networks of the département', async () => {
  const found = await transparency('territory: "DEP-38", period: "2024"');
  expect(found).toMatchObject({ period: '2024', basis: 'COMPUTED_UNWEIGHTED', reason: null });
  const rates: number[] = found.byNetwork.map(({ rate }: { rate: number }) => rate);
  expect(rates.length).toBeGreaterThan(2);
  expect(found.rate).toBeCloseTo(rates.reduce((sum, rate) => sum + rate, 0) / rates.length, 6);
  expect(found.byNetwork).toContainEqual({
    network: { id: 'NET-ants' },
    rate: 100,
    publishing: 1,
    expected: 1,
    transparent: true,
    basis: 'COMPUTED_UNWEIGHTED',
    provenance: { file: 'resultats.csv' },
  });
});

test('without a period, the latest year known there', async () => {
  expect((await transparency('territory: "FR"')).period).toBe('2022');
  expect((await transparency('territory: "DEP-62"')).period).toBe('2025');
});

test('no method is published for a région or the nation, nothing is known of some years', async () => {
  const none = { rate: null, basis: null, provenance: null };
  expect(await transparency('territory: "REG-32", period: "2024"')).toMatchObject({
    ...none,
    reason: 'NO_METHOD',
  });
  expect(await transparency('territory: "FR", period: "2024"')).toMatchObject({
    ...none,
    reason: 'NO_METHOD',
  });
  expect(await transparency('territory: "DEP-62", period: "1999"')).toMatchObject({
    ...none,
    reason: 'NO_RESULT',
    period: '1999',
    byNetwork: [],
  });
  expect(await transparency('territory: "DEP-99"')).toBeNull();
});

test('the rates of many territories cost two statements', async () => {
  const query = `query ($ids: [_Any]!) { _entities(representations: $ids) { ... on Territory {
    transparency(period: "2024") { rate byNetwork { rate } } } } }`;
  const ids = ['DEP-62', 'DEP-59', 'DEP-38', 'DEP-01', 'REG-32', 'FR'].map((id) => ({
    __typename: 'Territory',
    id,
  }));
  const { result, statements } = await countStatements(() => ask(query, { ids }));
  expect(result.errors).toBeUndefined();
  expect(statements).toHaveLength(2);
});

test.each(['territory: "DEP-62", period: "2022-S1"', 'territory: "DEP-62\\u0000"'])(
  'refuses %s',
  async (args) => {
    const { errors } = await ask(`{ transparency(${args}) ${FIELDS} }`);
    expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
  },
);
