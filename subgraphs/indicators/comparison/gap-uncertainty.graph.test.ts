import { expect, test } from 'vitest';
import { askIndicators, on } from '../fixtures/ask.ts';
import { MANY_SITES } from '../fixtures/places.ts';

const ask = await askIndicators();

const compare = async (id: string, args: string, fields: string) => {
  const { data, errors } = await ask(on('Site', id, `comparison(${args}) { ${fields} }`));
  expect(errors).toBeUndefined();
  return data._entities[0].comparison;
};

test('a gap is significant when zero is outside of its interval against the rest of the nation', async () => {
  const significant = async (id: string, indicator = 'IND-SATISFACTION') => {
    const fields = 'gapSignificant gapUncertainty { significant method reason }';
    const found = await compare(id, `indicator: "${indicator}", period: "2024"`, fields);
    expect(found.gapUncertainty.significant).toBe(found.gapSignificant);
    return [found.gapSignificant, found.gapUncertainty.method ?? found.gapUncertainty.reason];
  };
  const [first = '', last = ''] = [MANY_SITES[0], MANY_SITES.at(-1)];
  const middle = MANY_SITES[Math.floor(MANY_SITES.length / 2)] ?? '';
  expect(await Promise.all([first, middle, last].map((id) => significant(id)))).toEqual([
    [true, 'NEWCOMBE'],
    [false, 'NEWCOMBE'],
    [true, 'NEWCOMBE'],
  ]);
  // A rate without counts, a delay, a withheld value.
  expect(await significant('SITE-arras')).toEqual([null, 'COUNTS_UNKNOWN']);
  expect(await significant('SITE-p1', 'IND-DELAI-POLICE')).toEqual([null, 'NOT_A_RATE']);
  expect(await significant('SITE-p4')).toEqual([null, 'NO_GAP']);
});

test('a gap has its interval at every level', async () => {
  const uncertainty = '{ low high method level reason }';
  const found = await compare(
    MANY_SITES[0] ?? '',
    'indicator: "IND-SATISFACTION", period: "2024"',
    `gapToDepartement gapToNational departement: gapUncertainty(level: DEPARTEMENT) ${uncertainty}
     national: gapUncertainty ${uncertainty}`,
  );
  // 50 of 100 here, 3 725 of 5 000 in the nation, 962 of 1 300 in the département; computed apart, in floating point.
  expect(found).toEqual({
    gapToDepartement: -24,
    gapToNational: -24.5,
    departement: { low: -33.13, high: -14.83, method: 'NEWCOMBE', level: 95, reason: null },
    national: { low: -34, high: -15, method: 'NEWCOMBE', level: 95, reason: null },
  });
  // Its département shows what the structure published: the same answers.
  const caf = await compare(
    'SITE-caf-62',
    'indicator: "IND-SATISFACTION"',
    `gapUncertainty(level: DEPARTEMENT) ${uncertainty}`,
  );
  expect(caf.gapUncertainty).toMatchObject({ low: 0, high: 0 });
  const { errors } = await ask(
    on(
      'Site',
      'SITE-bapaume',
      'comparison(indicator: "IND-SATISFACTION") { gapUncertainty(level: COMMUNE) { low } }',
    ),
  );
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
});
