import { expect, test } from 'vitest';
import { encodeCursor } from '../../../kernel/graphql/connection.ts';
import { on } from '../fixtures/ask.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { HQ, OTHER_HQ, writersCountry } from '../fixtures/writers.ts';
import { networkResults } from '../import/network-results.merge.ts';
import { surveyAnswers } from '../import/survey-answers.merge.ts';

const { database, ask, save, publish } = await writersCountry();

interface Unit {
  structure: { id: string } | null;
  territory: { id: string } | null;
  value: number;
}

/** Basis and value of a figure, and the results that it is made of, with how many there are said to be. */
async function explained(network: string, indicator: string, year: string, territory: string, after = '') {
  const units = `units(first: 50 ${after}) { totalCount nodes { value structure { id } territory { id } } }`;
  const { data, errors } = await ask(
    HQ,
    on(
      'Network',
      network,
      `figure(indicator: "${indicator}", territory: "${territory}", period: "${year}") { basis value explain { ${units} } }`,
    ),
  );
  expect(errors).toBeUndefined();
  const { basis, value, explain } = data._entities[0].figure;
  const { totalCount, nodes } = explain.units;
  return [basis, value, totalCount, nodes.map(nameOf)];
}

const nameOf = ({ structure, territory, value }: Unit) => `${structure?.id ?? territory?.id} ${value}`;

/** Of these structures, so many answers of either kind. */
const answersOf = (counts: Record<string, readonly [favourable: number, unfavourable: number]>) =>
  [
    'reseau;reference;code_sp_structure;question;repondu_le;reponse',
    ...Object.entries(counts).flatMap(([structure, [favourable, unfavourable]]) =>
      Array.from({ length: favourable + unfavourable }, (_, index) =>
        [
          ...['NET-caisses', `${structure}-${index}`, structure, 'IND-EFFORT', '2022-03-01'],
          index < favourable ? 'très' : 'pas du tout',
        ].join(';'),
      ),
    ),
  ].join('\n');

test('a published figure counted from answers is the result of who answers for it, and no other', async () => {
  const counts = {
    'STR-k': [30, 30],
    'STR-k1': [20, 0],
    'STR-k2': [10, 10],
    'STR-k3a': [0, 20],
    'STR-k3b': [15, 5],
  } as const;
  expect(problemsOf(await importText(database.url, surveyAnswers, answersOf(counts)))).toEqual([]);
  const of = (territory: string, after?: string) =>
    explained('NET-caisses', 'IND-EFFORT', '2022', territory, after);
  expect(await of('FR')).toEqual(['PUBLISHED', 50, 1, ['STR-k 50']]);
  expect(await of('DEP-01')).toEqual(['PUBLISHED', 100, 1, ['STR-k1 100']]);
  // Two answer for it: neither is its figure.
  expect(await of('DEP-59')).toEqual(['COMPUTED_WEIGHTED', 37.5, 2, ['STR-k3a 0', 'STR-k3b 75']]);
  expect(await of('REG-84')).toEqual(['COMPUTED_WEIGHTED', 75, 2, ['STR-k1 100', 'STR-k2 50']]);
  const list = JSON.stringify([
    'units',
    {
      ...{ network: 'NET-caisses', indicator: 'IND-EFFORT', version: 1 },
      ...{ grain: 'YEAR', start: '2022-01-01', territory: 'FR' },
    },
  ]);
  const after = (subject: string) => `, after: "${encodeCursor(list, [subject])}"`;
  expect(await of('FR', after('STR-a'))).toEqual(['PUBLISHED', 50, 1, ['STR-k 50']]);
  expect(await of('FR', after('STR-k'))).toEqual(['PUBLISHED', 50, 1, []]);
});

test('one that was typed too; the result of the territory itself comes first', async () => {
  const typed = (subject: object, value: string) => ({
    ...{ indicator: 'IND-SATISFACTION', period: '2023', value, respondents: 100 },
    ...subject,
  });
  const { draft } = await save(
    {
      network: 'NET-caisses',
      results: [
        typed({ structure: 'STR-k' }, '71'),
        typed({ structure: 'STR-k1' }, '62'),
        typed({ territory: 'DEP-01' }, '63'),
        typed({ structure: 'STR-k2' }, '64'),
        typed({ structure: 'STR-k3a' }, '65'),
        typed({ territory: 'DEP-59' }, '66'),
      ],
    },
    OTHER_HQ,
  );
  expect((await publish(draft.id, draft.version, OTHER_HQ)).userErrors).toEqual([]);
  const of = (territory: string) => explained('NET-caisses', 'IND-SATISFACTION', '2023', territory);
  expect(await of('FR')).toEqual(['PUBLISHED', 71, 1, ['STR-k 71']]);
  expect(await of('DEP-01')).toEqual(['PUBLISHED', 63, 1, ['DEP-01 63']]);
  expect(await of('DEP-38')).toEqual(['PUBLISHED', 64, 1, ['STR-k2 64']]);
  expect(await of('DEP-59')).toEqual(['PUBLISHED', 66, 1, ['DEP-59 66']]);
  expect(await of('REG-84')).toEqual(['COMPUTED_WEIGHTED', 63, 2, ['STR-k1 62', 'STR-k2 64']]);
});

test('what answers for a région is in no figure of the département of its seat', async () => {
  const report = await importText(
    database.url,
    networkResults,
    `reseau;code_sp_structure;territoire;indicateur;periode;valeur
NET-regionales;STR-r32a;;IND-SATISFACTION;2024;70
NET-regionales;STR-r32b;;IND-SATISFACTION;2024;80
NET-regionales;STR-r84;;IND-SATISFACTION;2024;60
NET-regionales;;DEP-59;IND-SATISFACTION;2024;55`,
  );
  expect(problemsOf(report)).toEqual([]);
  const of = (territory: string) => explained('NET-regionales', 'IND-SATISFACTION', '2024', territory);
  expect(await of('DEP-59')).toEqual(['PUBLISHED', 55, 1, ['DEP-59 55']]);
  expect(await of('REG-32')).toEqual(['COMPUTED_UNWEIGHTED', 75, 2, ['STR-r32a 70', 'STR-r32b 80']]);
  expect(await of('REG-84')).toEqual(['PUBLISHED', 60, 1, ['STR-r84 60']]);
});
