import { expect, test } from 'vitest';
import { openedOnSample } from '../fixtures/opened.ts';

const { entities } = await openedOnSample();

const FIELDS = `tags testimonies positive neutral negative positiveShare repliesExpected repliesPublished answeredShare
  medianDays`;

const voice = async (id: string, args = '') => {
  const { data, errors } = await entities('CommitmentProof', [id], `voice${args} { ${FIELDS} }`);
  expect(errors).toBeUndefined();
  return data._entities[0].voice;
};

const NOTHING = { positive: 0, neutral: 0, negative: 0, positiveShare: null, repliesExpected: 0 };

test('testimonies under the themes of a commitment, with the replies that they expect', async () => {
  expect(await voice('PROOF-COMMITMENT-E1~NET-caf~FR')).toEqual({
    tags: ['relation'],
    testimonies: 2,
    positive: 1,
    neutral: 0,
    negative: 1,
    positiveShare: 0.5,
    repliesExpected: 2,
    repliesPublished: 1,
    answeredShare: 0.5,
    medianDays: 10,
  });
});

test.each([
  ['a territory', 'NET-caf~DEP-75', 1],
  ['all networks', '~FR', 2],
  ['a structure', 'NET-caf~STR-caf-62', 1],
  ['a site', 'NET-caf~SITE-caf-75', 1],
])('of %s', async (_what, where, testimonies) => {
  expect(await voice(`PROOF-COMMITMENT-E1~${where}`)).toMatchObject({ testimonies });
});

test('every testimony asks to be heard', async () => {
  const heard = { tags: null, testimonies: 3, positive: 1, neutral: 1, negative: 1, positiveShare: 0.3333 };
  expect(await voice('PROOF-COMMITMENT-E7~NET-caf~FR')).toMatchObject(heard);
  expect(await voice('PROOF-COMMITMENT-2021-7~NET-caf~FR')).toMatchObject(heard);
});

test('between two days of publication', async () => {
  expect(await voice('PROOF-COMMITMENT-E7~NET-caf~FR', '(from: "2024-04-01")')).toMatchObject({
    testimonies: 2,
  });
  expect(await voice('PROOF-COMMITMENT-E7~NET-caf~FR', '(to: "2020-01-01")')).toMatchObject({
    testimonies: 0,
    ...NOTHING,
    answeredShare: null,
  });
});

test.each(['COMMITMENT-E3', 'COMMITMENT-E6', 'COMMITMENT-E8', 'COMMITMENT-2021-9'])(
  'no theme speaks of %s',
  async (commitment) => {
    expect(await voice(`PROOF-${commitment}~NET-caf~FR`)).toBeNull();
  },
);
