import { beforeAll, describe, expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { buildSmallCountry } from '../fixtures/small-country.ts';
import { networkResults } from './network-results.merge.ts';
import { spResults } from './sp-results.merge.ts';

const database = await testDatabase();
beforeAll(() => buildSmallCountry(database));

const NETWORK =
  'reseau;code_sp_structure;site;territoire;indicateur;periode;valeur;numerateur;denominateur;repondants;tres;plutot;plutot_pas;pas_du_tout;statistique';
const SP =
  'code_sp_du_resultat,intitule_du_reseau,code_sp_structure,titre_original_de_l_indicateur,code_sp_de_l_indicateur,valeur,date_de_mise_a_jour';

/** Rows that must not be published as they are, one fault each: what the report says of it. */
const FAULTS: readonly [name: string, feed: Feed, rows: string, problem: string][] = [
  [
    'a rate of 120 %',
    networkResults,
    'agences;;SITE-a1;;IND-SATISFACTION;2020;120 %',
    'OUT_OF_RANGE REJECTED 1',
  ],
  ['a rate of -3', networkResults, 'agences;;SITE-a1;;IND-SATISFACTION;2020;-3', 'OUT_OF_RANGE REJECTED 1'],
  [
    'a net rate of -101',
    networkResults,
    'agences;;SITE-a1;;IND-SATISFACTION_NETTE;2020;-101',
    'OUT_OF_RANGE REJECTED 1',
  ],
  ['a negative delay', networkResults, 'agences;;SITE-a1;;IND-TEST-DELAI;2020;-1', 'OUT_OF_RANGE REJECTED 1'],
  ['n.d.', networkResults, 'agences;;SITE-a1;;IND-SATISFACTION;2020;n.d.', 'NOT_A_DECIMAL REJECTED 1'],
  ['no value nor parts', networkResults, 'agences;;SITE-a1;;IND-SATISFACTION;2020;', 'REQUIRED REJECTED 1'],
  ['no period', networkResults, 'agences;;SITE-a1;;IND-SATISFACTION;;50', 'REQUIRED REJECTED 1'],
  [
    'a malformed period',
    networkResults,
    'agences;;SITE-a1;;IND-SATISFACTION;2020-T5;50',
    'BAD_CODE REJECTED 1',
  ],
  [
    'a period to come',
    networkResults,
    'agences;;SITE-a1;;IND-SATISFACTION;2199;50',
    'FUTURE_PERIOD REJECTED 1',
  ],
  [
    'an unknown network',
    networkResults,
    'nulle-part;;SITE-a1;;IND-SATISFACTION;2020;50',
    'UNKNOWN_NETWORK QUARANTINED 1',
  ],
  [
    'an unknown site',
    networkResults,
    'agences;;SITE-zz;;IND-SATISFACTION;2020;50',
    'UNKNOWN_SITE QUARANTINED 1',
  ],
  [
    'an unknown structure',
    networkResults,
    'agences;zz;;;IND-SATISFACTION;2020;50',
    'UNKNOWN_STRUCTURE QUARANTINED 1',
  ],
  [
    'an unknown territory',
    networkResults,
    'agences;;;DEP-99;IND-SATISFACTION;2020;50',
    'UNKNOWN_TERRITORY QUARANTINED 1',
  ],
  [
    'an unknown indicator',
    networkResults,
    'agences;;SITE-a1;;IND-999;2020;50',
    'UNKNOWN_INDICATOR QUARANTINED 1',
  ],
  [
    "another network's site",
    networkResults,
    'agences;;SITE-k1;;IND-SATISFACTION;2020;50',
    'OTHER_NETWORK QUARANTINED 1',
  ],
  [
    "another network's indicator",
    networkResults,
    'agences;;SITE-a1;;IND-27;2020;50',
    'OTHER_INDICATOR QUARANTINED 1',
  ],
  [
    'two subjects',
    networkResults,
    'agences;pair;SITE-a1;;IND-SATISFACTION;2020;50',
    'BAD_SUBJECT REJECTED 1',
  ],
  ['no subject', networkResults, 'agences;;;;IND-SATISFACTION;2020;50', 'BAD_SUBJECT REJECTED 1'],
  [
    'a value that its parts contradict',
    networkResults,
    'agences;;SITE-a1;;IND-TAUX_DECROCHE;2020;78.6;785;1000',
    'CONTRADICTORY_VALUE REJECTED 1',
  ],
  [
    'a value that its answers contradict',
    networkResults,
    'agences;;SITE-a1;;IND-SATISFACTION;2020;60;;;;10;10;10;10',
    'CONTRADICTORY_VALUE REJECTED 1',
  ],
  [
    'parts that the answers contradict',
    networkResults,
    'agences;;SITE-a1;;IND-SATISFACTION;2020;;30;40;;10;10;10;10',
    'CONTRADICTORY_PARTS REJECTED 1',
  ],
  [
    'fewer respondents than answers',
    networkResults,
    'agences;;SITE-a1;;IND-SATISFACTION;2020;;;;39;10;10;10;10',
    'CONTRADICTORY_PARTS REJECTED 1',
  ],
  [
    'three answers of four',
    networkResults,
    'agences;;SITE-a1;;IND-SATISFACTION;2020;50;;;;10;10;10;',
    'INCOMPLETE_PARTS REJECTED 1',
  ],
  [
    'a numerator alone',
    networkResults,
    'agences;;SITE-a1;;IND-TAUX_DECROCHE;2020;50;1;',
    'INCOMPLETE_PARTS REJECTED 1',
  ],
  [
    'a denominator of zero',
    networkResults,
    'agences;;SITE-a1;;IND-TAUX_DECROCHE;2020;;0;0',
    'OUT_OF_RANGE REJECTED 1',
  ],
  [
    'a lowest value of a site',
    networkResults,
    'agences;;SITE-a1;;IND-SATISFACTION;2020;50;;;;;;;;plus bas',
    'BAD_SUBJECT REJECTED 1',
  ],
  [
    'contradictory rows',
    networkResults,
    'agences;;SITE-a1;;IND-SATISFACTION;2020;50\nNET-agences;;a1;;SATISFACTION;2020;51',
    'CONTRADICTORY_ROW REJECTED 2',
  ],
  [
    'an empty value',
    spResults,
    'R1,Réseau agences,pair,Satisfaction,SATISFACTION,,2023-10-30',
    'REQUIRED REJECTED 1',
  ],
  [
    'an unknown structure',
    spResults,
    'R1,Réseau agences,zz,Satisfaction,SATISFACTION,50,2023-10-30',
    'UNKNOWN_STRUCTURE QUARANTINED 1',
  ],
  [
    'an unknown indicator',
    spResults,
    'R1,Réseau agences,pair,Inconnu,IND-998,50,2023-10-30',
    'UNKNOWN_INDICATOR QUARANTINED 1',
  ],
  [
    'a day that does not exist',
    spResults,
    'R1,Réseau agences,pair,Satisfaction,SATISFACTION,50,2023-02-30',
    'NOT_A_DATE REJECTED 1',
  ],
];

describe('a fault is reported, and nothing of it is published', () => {
  test.each(FAULTS)('%s', async (_name, feed, rows, problem) => {
    const header = feed === spResults ? SP : NETWORK;
    const width = header.split(/[;,]/).length;
    const separator = feed === spResults ? ',' : ';';
    const padded = rows.split('\n').map((row) => {
      const cells = row.split(separator);
      return [...cells, ...Array<string>(width - cells.length).fill('')].join(separator);
    });
    const report = await importText(database.url, feed, [header, ...padded].join('\n'), {
      dryRun: true,
      acceptRejects: true,
    });
    expect(problemsOf(report)).toEqual([problem]);
    const { inserted, updated } = report.merge ?? { inserted: 0, updated: 0 };
    expect([inserted, updated]).toEqual([0, 0]);
  });
});
