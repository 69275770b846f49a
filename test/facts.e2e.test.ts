import { expect, test } from 'vitest';
import { ask, startedDatabase, startHub } from './kit/hub.ts';

const hub = await startHub((await startedDatabase()).url);

test('Pôle emploi de Bapaume, as the press kit shows it', async () => {
  const { data, errors } = await ask<{ site: unknown }>(
    hub.url,
    `{ site(id: "SITE-528ec072-1427-5e8a-b747-131251cdaea3") {
      name territory { id name }
      comparison(indicator: "IND-PE-SATISFACTION", period: "2018") {
        period local { value basis provenance { source file } } lowest { value } highest { value }
        national { value basis } gapToNational betterThanNational } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data.site).toMatchObject({
    name: 'Pôle emploi de Bapaume',
    territory: { id: 'COM-62080', name: 'Bapaume' },
    comparison: {
      period: '2018',
      local: {
        value: 78.5,
        basis: 'PUBLISHED',
        provenance: {
          source: expect.stringContaining('dossier de presse'),
          file: 'dossier-de-presse-2021.csv',
        },
      },
      lowest: { value: 55.1 },
      highest: { value: 91 },
      national: { value: 75.4, basis: 'PUBLISHED' },
      gapToNational: 3.1,
      betterThanNational: true,
    },
  });
});

test('CAF du Bas-Rhin, five points above the nation', async () => {
  const { data, errors } = await ask<{ structure: { comparison: unknown } }>(
    hub.url,
    `{ structure(id: "STR-FAIT-CAF-67") { name
      comparison(indicator: "IND-CAF-DELAI-AIDE-LOGEMENT") { period local { value } national { value } gapToNational } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data.structure).toEqual({
    name: 'CAF du Bas-Rhin',
    comparison: { period: '2020', local: { value: 39 }, national: { value: 34 }, gapToNational: 5 },
  });
});

test('Pôle emploi in Paris', async () => {
  const { data } = await ask<{ network: { figure: unknown } }>(
    hub.url,
    '{ network(id: "NET-pole-emploi") { figure(indicator: "IND-PE-SATISFACTION", territory: "DEP-75") { value period basis } } }',
  );
  expect(data.network.figure).toEqual({ value: 83, period: '2020', basis: 'PUBLISHED' });
});

test('one quoted département is no national figure of a network of sites', async () => {
  const { data } = await ask<{ network: { figure: unknown } }>(
    hub.url,
    '{ network(id: "NET-pole-emploi") { figure(indicator: "IND-PE-SATISFACTION") { value period basis } } }',
  );
  expect(data.network.figure).toEqual({ value: 75.4, period: '2018', basis: 'PUBLISHED' });
});

test('a delay is better when lower, and is no percentage', async () => {
  const { data } = await ask<{ network: { figure: unknown } }>(
    hub.url,
    '{ network(id: "NET-police") { figure(indicator: "IND-PN-DELAI-POLICE-SECOURS", territory: "DEP-974") { value unit period indicator { direction } } } }',
  );
  expect(data.network.figure).toEqual({
    value: 15.47,
    unit: 'MINUTES',
    period: '2019',
    indicator: { direction: 'LOWER_IS_BETTER' },
  });
});

test('the series of a site goes on under a new network, and says where', async () => {
  const { data, errors } = await ask<{
    site: {
      comparison: {
        evolution: { period: string; value: number; network: { id: string }; seriesBreak: unknown }[];
      };
    };
  }>(
    hub.url,
    `{ site(id: "SITE-528ec072-1427-5e8a-b747-131251cdaea3") { comparison(indicator: "IND-SATISFACTION") {
      evolution(from: "2018") { period value network { id } seriesBreak { kind from to } } } } }`,
  );
  expect(errors).toBeUndefined();
  const { evolution } = data.site.comparison;
  expect(evolution.map(({ period, network }) => [period, network.id])).toEqual([
    ...['2018', '2019', '2020', '2021', '2022', '2023'].map((year) => [year, 'NET-pole-emploi']),
    ...['2024', '2025'].map((year) => [year, 'NET-france-travail']),
  ]);
  expect(evolution.filter(({ seriesBreak }) => seriesBreak !== null)).toMatchObject([
    { period: '2024', seriesBreak: { kind: 'NETWORK' } },
  ]);
});

test('transparency of the Pas-de-Calais, year after year', async () => {
  const years = [2017, 2018, 2019, 2020, 2021, 2022];
  const fields = years.map(
    (year) =>
      `y${year}: transparency(territory: "DEP-62", period: "${year}") { rate basis provenance { source file row } }`,
  );
  const { data } = await ask<Record<string, { rate: number }>>(hub.url, `{ ${fields.join(' ')} }`);
  expect(years.map((year) => data[`y${year}`]?.rate)).toEqual([7, 28, 24, 41, 41, 75]);
  expect(data.y2022).toMatchObject({
    basis: 'PUBLISHED',
    provenance: {
      source: expect.stringContaining('Baromètre'),
      file: 'barometre-qualite-service-departemental.csv',
      row: expect.any(Number),
    },
  });
});

test('national satisfaction of the barometer', async () => {
  const { data } = await ask<{
    indicator: { series: { period: string; value: number; provenance: unknown }[] };
  }>(
    hub.url,
    `{ indicator(id: "IND-BAROMETRE-SATISFACTION") {
      series(scope: { territory: "FR" }, from: "2017", to: "2022") { period value provenance { source file license } } } }`,
  );
  const { series } = data.indicator;
  expect(series.map(({ period, value }) => [period, value])).toEqual([
    ['2017', 72],
    ['2018', 71],
    ['2019', 74],
    ['2020', 76],
    ['2021', 73],
    ['2022', 71],
  ]);
  expect(series[0]?.provenance).toMatchObject({
    file: 'barometre-qualite-service-national.csv',
    license: expect.stringContaining('Licence Ouverte'),
  });
});

test('what is invented says so', async () => {
  const { data } = await ask<{ network: { figure: { provenance: { source: string; file: string } } } }>(
    hub.url,
    '{ network(id: "NET-caf") { figure(indicator: "IND-SATISFACTION", territory: "DEP-62") { provenance { source file } } } }',
  );
  expect(data.network.figure.provenance).toMatchObject({
    source: expect.stringContaining('DÉMONSTRATION'),
    file: 'demonstration-resultats-caf.csv',
  });
});
