import { expect, test } from 'vitest';
import { askIndicators } from '../fixtures/ask.ts';

const ask = await askIndicators();

const compare = async (args: string) => {
  const { data, errors } = await ask(`{ compareNetworks(${args}) {
    network { id } indicator { id } comparability period value reason suppressed coverage { publishing } } }`);
  expect(errors).toBeUndefined();
  return data.compareNetworks;
};
const NETWORKS = 'networks: ["NET-msa", "NET-cpam", "NET-ants", "NET-nobody", "NET-ants"]';

test('only the same question is compared, each network by the indicator that asks it', async () => {
  expect(await compare(`indicator: "IND-SATISFACTION", ${NETWORKS}`)).toMatchObject([
    {
      network: { id: 'NET-msa' },
      indicator: { id: 'IND-MSA-ACCUEIL' },
      comparability: 'SAME_QUESTION',
      period: '2024',
      value: 72,
    },
    { network: { id: 'NET-cpam' }, indicator: null, period: '2024', value: null, reason: 'NOT_COMPARABLE' },
    { network: { id: 'NET-ants' }, indicator: { id: 'IND-SATISFACTION' }, value: 68, reason: null },
    { network: null, value: null, reason: 'UNKNOWN_NETWORK' },
  ]);
});

test('a lower degree on request, and the same question asked by a network’s own indicator', async () => {
  const rows = await compare(`indicator: "IND-MSA-ACCUEIL", ${NETWORKS}, comparability: CLOSE`);
  expect(rows.map((row: { value: number | null }) => row.value)).toEqual([72, 81, 68, null]);
  expect(rows[1]).toMatchObject({ indicator: { id: 'IND-CPAM-GLOBAL' }, comparability: 'CLOSE' });
});

test('all rows have one period: what was not published then has no value', async () => {
  const rows = await compare(
    'indicator: "IND-SATISFACTION", networks: ["NET-france-travail", "NET-caf", "NET-police"], territory: "DEP-62"',
  );
  expect(rows).toMatchObject([
    { period: '2024', value: 75 },
    { period: '2024', value: 66 },
    { period: '2024', value: null, reason: 'WITHHELD', suppressed: 'SMALL_SAMPLE' },
  ]);
  const later = await compare(
    'indicator: "IND-SATISFACTION", networks: ["NET-france-travail", "NET-caf"], territory: "DEP-62", period: "2025"',
  );
  expect(later).toMatchObject([
    { period: '2025', value: 76.625 },
    { period: '2025', value: null, reason: 'NOT_PUBLISHED' },
  ]);
});

test('nothing is known', async () => {
  expect(await compare('indicator: "IND-NONE", networks: ["NET-caf"]')).toMatchObject([
    { network: { id: 'NET-caf' }, indicator: null, period: null, value: null, reason: 'NOT_PUBLISHED' },
  ]);
  expect(await compare('indicator: "IND-SATISFACTION", networks: []')).toEqual([]);
});
