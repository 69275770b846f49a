import { expect, test } from 'vitest';
import { askIndicators } from '../fixtures/ask.ts';

const ask = await askIndicators();

const series = async (indicator: string, args: string) => {
  const { data, errors } = await ask(`{ indicator(id: "${indicator}") { series(${args}) {
    period value unit basis network { id } seriesBreak { kind from to note } provenance { file } } } }`);
  return errors ? errors[0].extensions.code : data.indicator.series;
};
type Point = { period: string; value: number; seriesBreak: { kind: string } | null };

test('the barometer, year after year, with its provenance', async () => {
  const found = await series('IND-BAROMETRE-SATISFACTION', 'scope: { territory: "FR" }');
  expect(found.map(({ value }: Point) => value)).toEqual([72, 71, 74, 76, 73, 71]);
  expect(found[0]).toEqual({
    period: '2017',
    value: 72,
    unit: 'PERCENT',
    basis: 'PUBLISHED',
    network: null,
    seriesBreak: null,
    provenance: { file: 'resultats.csv' },
  });
});

test('between two periods', async () => {
  const found = await series(
    'IND-BAROMETRE-SATISFACTION',
    'scope: { territory: "FR" }, from: "2019", to: "2020"',
  );
  expect(found.map(({ period }: Point) => period)).toEqual(['2019', '2020']);
});

test('breaks are marked wherever a figure is read', async () => {
  const found = await series('IND-DELAI-POLICE', 'scope: { site: "SITE-p1" }');
  expect(found.map(({ period, seriesBreak }: Point) => [period, seriesBreak?.kind])).toEqual([
    ['2023', undefined],
    ['2024', undefined],
    ['2025', 'DEFINITION'],
  ]);
});

test('a structure of a network; nothing published', async () => {
  const found = await series('IND-SATISFACTION', 'scope: { network: "NET-caf", structure: "STR-caf-62" }');
  expect(found.map(({ value }: Point) => value)).toEqual([64, 66]);
  expect(await series('IND-SATISFACTION', 'scope: { network: "NET-caf", territory: "DEP-01" }')).toEqual([]);
});

test.each([
  ['no subject', '{ network: "NET-caf" }'],
  ['two subjects', '{ network: "NET-caf", territory: "FR", site: "SITE-p1" }'],
  ['no network for the common core', '{ territory: "FR" }'],
])('refuses %s', async (_case, scope) => {
  expect(await series('IND-SATISFACTION', `scope: ${scope}`)).toBe('BAD_USER_INPUT');
});

test.each([
  [
    'a site through a former network',
    'IND-SATISFACTION',
    'network: "NET-france-travail", site: "SITE-bapaume"',
  ],
  ['two definitions', 'IND-DELAI-POLICE', 'site: "SITE-p1"'],
  ['withheld', 'IND-SATISFACTION', 'network: "NET-police", site: "SITE-p4"'],
  ['a territory', 'IND-SATISFACTION', 'network: "NET-france-travail", territory: "DEP-62"'],
  ['all services together', 'IND-BAROMETRE-SATISFACTION', 'territory: "FR"'],
])('a series of which little is asked says the same of it: %s', async (_case, indicator, scope) => {
  const little = `network { id } territory { id } structure { id } site { id } period value basis suppressed respondents
    seriesBreak { kind from to note }`;
  const ofFields = async (fields: string) => {
    const { data, errors } = await ask(
      `{ indicator(id: "${indicator}") { series(scope: { ${scope} }) { ${fields} } } }`,
    );
    expect(errors).toBeUndefined();
    return data.indicator.series;
  };
  const whole = await ofFields(`${little} unit`);
  expect(whole.length).toBeGreaterThan(0);
  expect(await ofFields(little)).toEqual(whole.map(({ unit: _unit, ...rest }: { unit: string }) => rest));
});
