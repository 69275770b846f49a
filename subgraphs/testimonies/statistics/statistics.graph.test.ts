import { describe, expect, test } from 'vitest';
import { openedOnSample } from '../fixtures/opened.ts';

const { ask, entities } = await openedOnSample();

const groups = async (typename: string, id: string, args: string) => {
  const { data, errors } = await entities(
    typename,
    [id],
    `testimonyStats(${args}) { keys { dimension value label } count share }`,
  );
  expect(errors).toBeUndefined();
  return data._entities[0].testimonyStats.map(
    ({ keys, count, share }: { keys: { value: string; label: string }[]; count: number; share: number }) => [
      ...keys.map(({ value, label }) => `${value}=${label}`),
      count,
      share,
    ],
  );
};

describe('statistics', () => {
  test.each([
    [
      'FEELING',
      [
        ['NEGATIVE=Négatif', 1, 0.3333],
        ['NEUTRAL=Neutre', 1, 0.3333],
        ['POSITIVE=Positif', 1, 0.3333],
      ],
    ],
    [
      'MONTH',
      [
        ['2024-03=2024-03', 1, 0.3333],
        ['2024-04=2024-04', 2, 0.6667],
      ],
    ],
    [
      'TAG',
      [
        ['relation=Thème relation', 2, 0.6667],
        ['accessibilite=Thème accessibilite', 1, 0.3333],
        ['null=Non précisé', 1, 0.3333],
      ],
    ],
    [
      'CHANNEL',
      [
        ['null=Non précisé', 2, 0.6667],
        ['Guichet=Guichet', 1, 0.3333],
      ],
    ],
    [
      'PROCEDURE',
      [
        ['PROC-logement=aide au logement', 1, 0.3333],
        ['inscription=inscription', 1, 0.3333],
        ['null=Non précisé', 1, 0.3333],
      ],
    ],
    ['POSTED_AS', [['INDIVIDUAL=Particulier', 3, 1]]],
    ['NETWORK', [['NET-caf=CAF', 3, 1]]],
    ['TYPOLOGY', [['TYP-caf=Caf', 3, 1]]],
    [
      'STRUCTURE',
      [
        ['STR-caf-75=CAF de Paris', 2, 0.6667],
        ['STR-caf-62=CAF du Pas-de-Calais', 1, 0.3333],
      ],
    ],
    [
      'SITE',
      [
        ['SITE-caf-62=Caf - Arras', 1, 0.3333],
        ['SITE-caf-75=Caf - Paris 1er', 1, 0.3333],
        ['null=Non précisé', 1, 0.3333],
      ],
    ],
    [
      'COMMUNE',
      [
        ['COM-62041=Arras', 1, 0.3333],
        ['COM-75101=Paris 1er Arrondissement', 1, 0.3333],
        ['null=Non précisé', 1, 0.3333],
      ],
    ],
    [
      'DEPARTEMENT',
      [
        ['DEP-75=Paris', 2, 0.6667],
        ['DEP-62=Pas-de-Calais', 1, 0.3333],
      ],
    ],
    [
      'REGION',
      [
        ['REG-11=Île-de-France', 2, 0.6667],
        ['REG-32=Hauts-de-France', 1, 0.3333],
      ],
    ],
    [
      'USER_DEPARTEMENT',
      [
        ['null=Non précisé', 2, 0.6667],
        ['DEP-75=Paris', 1, 0.3333],
      ],
    ],
    ['USER_REGION', [['null=Non précisé', 3, 1]]],
  ])('of a network by %s', async (dimension, expected) => {
    expect(await groups('Network', 'NET-caf', `groupBy: [${dimension}]`)).toEqual(expected);
  });

  test('by two dimensions, with shares of the whole or within the first', async () => {
    const filter = 'filter: { publishedFrom: "2024-04-01" }';
    expect(await groups('Network', 'NET-caf', `${filter}, groupBy: [MONTH, FEELING]`)).toEqual([
      ['2024-04=2024-04', 'NEGATIVE=Négatif', 1, 0.5],
      ['2024-04=2024-04', 'NEUTRAL=Neutre', 1, 0.5],
    ]);
    expect(await groups('Territory', 'FR', 'groupBy: [NETWORK, FEELING], shareOf: FIRST_DIMENSION')).toEqual([
      ['NET-caf=CAF', 'NEGATIVE=Négatif', 1, 0.3333],
      ['NET-caf=CAF', 'NEUTRAL=Neutre', 1, 0.3333],
      ['NET-caf=CAF', 'POSITIVE=Positif', 1, 0.3333],
      ['NET-france-travail=France Travail', 'POSITIVE=Positif', 1, 1],
    ]);
  });

  test('a testimony about two networks counts once in the whole, in each where it is asked', async () => {
    const { data } = await ask('{ testimonyStats(groupBy: [NETWORK]) { keys { value } count share } }');
    expect(data.testimonyStats).toEqual([
      { keys: [{ value: 'NET-caf' }], count: 3, share: 1 },
      { keys: [{ value: 'NET-france-travail' }], count: 1, share: 0.3333 },
    ]);
  });

  test('nothing selected gives no group', async () => {
    expect(
      await groups('Network', 'NET-caf', 'filter: { publishedFrom: "2090-01-01" }, groupBy: [MONTH]'),
    ).toEqual([]);
  });

  test.each(['[]', '[TAG, TAG]', '[TAG, FEELING, MONTH]'])('groupBy: %s is refused', async (groupBy) => {
    const { errors } = await ask(`{ testimonyStats(groupBy: ${groupBy}) { count } }`);
    expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });
});

test('delays count each structure concerned, by group or as a whole', async () => {
  const fields = 'keys { label } expected answered unanswered answeredShare medianDays p90Days overdue';
  const { data } = await entities(
    'Network',
    ['NET-caf', 'NET-unknown'],
    `all: replyDelays { ${fields} } byRegion: replyDelays(groupBy: [REGION]) { ${fields} }`,
  );
  expect(data._entities[0].all).toEqual([
    {
      keys: [],
      expected: 3,
      answered: 2,
      unanswered: 1,
      answeredShare: 0.6667,
      medianDays: 7,
      p90Days: 9.4,
      overdue: null,
    },
  ]);
  expect(data._entities[0].byRegion).toEqual([
    {
      keys: [{ label: 'Île-de-France' }],
      expected: 2,
      answered: 1,
      unanswered: 1,
      answeredShare: 0.5,
      medianDays: 4,
      p90Days: 4,
      overdue: null,
    },
    {
      keys: [{ label: 'Hauts-de-France' }],
      expected: 1,
      answered: 1,
      unanswered: 0,
      answeredShare: 1,
      medianDays: 10,
      p90Days: 10,
      overdue: null,
    },
  ]);
  expect(data._entities[1].all).toMatchObject([
    { expected: 0, answered: 0, answeredShare: null, medianDays: null },
  ]);
});
