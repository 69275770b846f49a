import { beforeAll, expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { buildSmallCountry } from '../fixtures/small-country.ts';
import type { IndicatorsTables } from '../tables.ts';
import { indicatorsFeeds } from './feeds.ts';
import { indicatorCoreMap } from './indicator-core-map.merge.ts';
import { networkResults } from './network-results.merge.ts';
import { spIndicators } from './sp-indicators.merge.ts';
import { spResults } from './sp-results.merge.ts';

const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');
beforeAll(() => buildSmallCountry(database));

const NETWORK =
  'reseau;code_sp_structure;site;territoire;indicateur;periode;valeur;numerateur;denominateur;repondants;tres;plutot;plutot_pas;pas_du_tout;statistique';
const SP =
  'code_sp_du_resultat,intitule_du_reseau,code_sp_structure,titre_original_de_l_indicateur,code_sp_de_l_indicateur,valeur,date_de_mise_a_jour';

const resultOf = (subject: string, start: string) =>
  db
    .selectFrom('indicators.published_result')
    .select(['indicator_id', 'period_grain', 'period_start', 'period_end', 'period_inferred', 'value'])
    .select(['numerator', 'denominator', 'respondents', 'network_id'])
    .where('subject_id', '=', subject)
    .where('period_start', '=', start)
    .orderBy('indicator_id')
    .execute();

test('open-data results: the period comes from the day of update and the frequency, and says so', async () => {
  const rows = [
    'R1,Réseau agences,pair,Satisfaction,SATISFACTION,"77,0",2023-10-30',
    'R2,Réseau agences,pair,Délai,IND-TEST-DELAI,12,2023-10-30',
    'R3,Réseau agences,pair,Nombre,TEST-NOMBRE,5,2023-11-02',
    // An update of the same year: it wins over the first row.
    'R4,Réseau agences,pair,Satisfaction,SATISFACTION,78,2023-12-01',
  ];
  const report = await importText(database.url, spResults, [SP, ...rows].join('\n'));
  expect(problemsOf(report)).toEqual(['DUPLICATE_ROW NOTICE 1']);
  expect(await resultOf('STR-pair', '2023-01-01')).toMatchObject([
    {
      indicator_id: 'IND-SATISFACTION',
      period_grain: 'YEAR',
      period_end: '2023-12-31',
      period_inferred: true,
      value: '78',
    },
  ]);
  expect(await resultOf('STR-pair', '2023-10-01')).toMatchObject([
    { indicator_id: 'IND-TEST-DELAI', period_grain: 'MONTH', period_end: '2023-10-31' },
    { indicator_id: 'IND-TEST-NOMBRE', period_grain: 'QUARTER', period_end: '2023-12-31' },
  ]);
});

test('open-data results: a column or an option gives the period; JSON says the same as CSV', async () => {
  const record = {
    code_sp_du_resultat: 'R1',
    intitule_du_reseau: 'Réseau agences',
    code_sp_structure: 'pair',
    titre_original_de_l_indicateur: "Taux d'accessibilité du service public",
    code_sp_de_l_indicateur: 'ACCESSIBILITE',
    valeur: 64.5,
    date_de_mise_a_jour: '2023-10-30',
  };
  await importText(database.url, spResults, JSON.stringify([record]), { options: { period: '2022-S1' } });
  expect(await resultOf('STR-pair', '2022-01-01')).toMatchObject([
    { value: '64.5', period_grain: 'SEMESTER', period_end: '2022-06-30', period_inferred: false },
  ]);
});

test("headquarters' results: what is behind a value completes it, codes and former ids are understood", async () => {
  const lines = [
    NETWORK,
    // Two halves of 1/3: the value is made by the formula.
    'Réseau agences;;a1;;SATISFACTION;2019;;;;;10;10;30;10;',
    'agences;;SITE-a2;;IND-TAUX_DECROCHE;2019;78,5 %;785;1000;;;;;;',
    'agences;;SITE-b1;;IND-SATISFACTION_NETTE;2019;;;;100;10;10;30;10;',
    'agences;;SITE-b3;;IND-TEST-DELAI;2019;15,47;;;;;;;;',
    'agences;;;fr;IND-SATISFACTION;2019;60;;;;;;;;',
    'agences;;;FR;IND-SATISFACTION;2019;55,1;;;;;;;;plus bas',
    'agences;;;FR;IND-SATISFACTION;2019;91;;;;;;;;plus haut',
  ].join('\n');
  const report = await importText(database.url, networkResults, lines);
  expect(problemsOf(report)).toEqual([]);
  expect(report.merge).toMatchObject({ inserted: 5, details: { statistics: 2 } });
  expect(await resultOf('SITE-a1', '2019-01-01')).toMatchObject([
    { value: '33.333333', numerator: '20', denominator: '60', respondents: 60 },
  ]);
  expect(await resultOf('SITE-a2', '2019-01-01')).toMatchObject([{ value: '78.5', respondents: null }]);
  expect(await resultOf('SITE-b1', '2019-01-01')).toMatchObject([
    { value: '-33.333333', numerator: '-20', denominator: '60', respondents: 100 },
  ]);
  const statistics = await db
    .selectFrom('indicators.published_statistic')
    .select(['statistic', 'value'])
    .orderBy('statistic')
    .execute();
  expect(statistics).toEqual([
    { statistic: 'HIGHEST', value: '91' },
    { statistic: 'LOWEST', value: '55.1' },
  ]);
  const feeds = new Map(indicatorsFeeds.map((feed) => [feed.name, feed]));
  await rollbackImport(feeds, 'indicators', report.importId ?? '', { databaseUrl: database.url });
  expect(await resultOf('SITE-a1', '2019-01-01')).toEqual([]);
  expect(await db.selectFrom('indicators.published_statistic').select('value').execute()).toEqual([]);
});

test('definitions: a changed question breaks the series, a new title does not', async () => {
  const header =
    'reseau;intitule_original_de_l_indicateur;type_d_indicateur;sources_et_methodes;unite;question;code';
  const load = (row: string) =>
    importText(database.url, spIndicators, `${header}\n${row}`, { publishedOn: '2021-01-01' });
  const first = await load('agences;Taux de satisfaction;Satisfaction;Enquête;%;Êtes-vous content ?;IND-77');
  expect(first.merge).toMatchObject({ inserted: 1 });
  const same = await load(
    'agences;Taux de satisfaction ;Satisfaction;Enquête;Pourcentage;Êtes-vous  content ?;IND-77',
  );
  expect(same.merge).toMatchObject({ inserted: 0, updated: 0, unchanged: 1 });
  const retitled = await load('agences;Taux de satisfaction globale;Satisfaction;Enquête;%;;');
  expect(retitled.merge).toMatchObject({ inserted: 1 });
  const changed = await load(
    'agences;Taux de satisfaction;Satisfaction;Enquête;%;Êtes-vous satisfait ?;IND-77',
  );
  expect(changed.merge).toMatchObject({ updated: 1, details: { 'new versions': 1 } });
  await importText(
    database.url,
    networkResults,
    'reseau;site;indicateur;periode;valeur\nagences;SITE-a1;IND-77;2020;50\nagences;SITE-a1;IND-77;2021;60\n',
  );
  const versions = await db
    .selectFrom('indicators.figure')
    .select(['period_start', 'definition_version'])
    .where('indicator_id', '=', 'IND-77')
    .where('territory_id', '=', 'FR')
    .orderBy('period_start')
    .execute();
  expect(versions.map(({ definition_version }) => definition_version)).toEqual([1, 2]);
});

test('definitions: rows that cannot be one indicator of a known network in a known unit', async () => {
  const rows = [
    'reseau;intitule_original_de_l_indicateur;type_d_indicateur;unite;code',
    'nulle-part;Titre;Satisfaction;%;',
    'agences;Titre;Satisfaction;parsecs;',
    'agences;Titre;Bonheur;%;',
    'agences;Titre;Satisfaction;%;IND-27',
  ];
  const report = await importText(database.url, spIndicators, rows.join('\n'), { dryRun: true });
  expect(problemsOf(report)).toEqual([
    'NOT_ALLOWED REJECTED 2',
    'OTHER_NETWORK REJECTED 1',
    'UNKNOWN_NETWORK QUARANTINED 1',
  ]);
});

test('the reviewed map to the common core changes indicators, and can be undone', async () => {
  const text =
    'indicateur;indicateur_commun;comparabilite\nIND-27;SATISFACTION;même question\nIND-0;;propre\n';
  const report = await importText(database.url, indicatorCoreMap, text);
  expect(problemsOf(report)).toEqual(['UNKNOWN_INDICATOR QUARANTINED 1']);
  const mapped = () =>
    db
      .selectFrom('indicators.indicator')
      .select(['core_indicator_id', 'comparability'])
      .where('id', '=', 'IND-27')
      .executeTakeFirst();
  expect(await mapped()).toEqual({ core_indicator_id: 'IND-SATISFACTION', comparability: 'SAME_QUESTION' });
  const feeds = new Map(indicatorsFeeds.map((feed) => [feed.name, feed]));
  await rollbackImport(feeds, 'indicators', report.importId ?? '', { databaseUrl: database.url });
  expect(await mapped()).toEqual({ core_indicator_id: 'IND-SATISFACTION', comparability: 'CLOSE' });
});

test('a file may name its own source and licence, one of each', async () => {
  const header = 'reseau;site;indicateur;periode;valeur;source;licence';
  const row = (year: number, source: string) => `agences;SITE-a1;IND-RELATION;${year};50;${source};Licence X`;
  const good = await importText(
    database.url,
    networkResults,
    [header, row(2001, 'Rapport'), row(2002, 'Rapport')].join('\n'),
    {
      source: 'the operator',
    },
  );
  const entry = await db
    .selectFrom('indicators.import')
    .select(['source', 'licence'])
    .where('id', '=', good.importId ?? '')
    .executeTakeFirst();
  expect(entry).toEqual({ source: 'Rapport', licence: 'Licence X' });
  const mixed = await importText(
    database.url,
    networkResults,
    [header, row(2003, 'A'), row(2004, 'B')].join('\n'),
  );
  expect(problemsOf(mixed)).toEqual(['SEVERAL_SOURCES REJECTED 1']);
  expect(mixed.state).toBe('REFUSED');
});

test('an online procedure has a score of its own, which the common core only counts', async () => {
  const lines = [
    'reseau;demarche;territoire;indicateur;periode;valeur',
    'agences;PROC-x;;IND-SCORE_DEMARCHE;2018;8,5',
    'agences;PROC-y;;SCORE_DEMARCHE;2018;7.9',
    'agences;x;;IND-SCORE_DEMARCHE;2018;8',
    'agences;PROC-z;;IND-QUALITE_DEMARCHES;2018;85',
    'agences;;FR;IND-SCORE_DEMARCHE;2018;8',
  ];
  const report = await importText(database.url, networkResults, lines.join('\n'), { acceptRejects: true });
  expect(problemsOf(report)).toEqual(['BAD_CODE REJECTED 1', 'BAD_SUBJECT REJECTED 2']);
  expect(await resultOf('PROC-x', '2018-01-01')).toMatchObject([{ value: '8.5', network_id: 'NET-agences' }]);
  const figures = db
    .selectFrom('indicators.figure')
    .select(['indicator_id', 'territory_id', 'value', 'numerator', 'denominator', 'basis'])
    .where('indicator_id', 'in', ['IND-QUALITE_DEMARCHES', 'IND-SCORE_DEMARCHE']);
  expect(await figures.execute()).toEqual([
    {
      indicator_id: 'IND-QUALITE_DEMARCHES',
      territory_id: 'FR',
      value: '50',
      numerator: '1',
      denominator: '2',
      basis: 'COMPUTED_WEIGHTED',
    },
  ]);
});
