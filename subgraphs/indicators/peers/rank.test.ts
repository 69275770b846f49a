import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { medianOf, rankUnits, type Units } from './rank.ts';

/** Units as "value density amount". */
const group = (unplaced: boolean, ...units: string[]): Units => {
  const cells = units.map((unit) => unit.split(' '));
  return {
    gid: 1,
    unplaced,
    pids: cells.map((_cell, index) => String(index + 1)),
    values: cells.map(([value = '']) => value),
    densities: cells.map(([, density = '']) => density) as Units['densities'],
    amounts: cells.map(([, , amount = '']) => amount),
  };
};

test('decimals stand in their exact order, where binary numbers are the same too', async () => {
  const ranked = await rankUnits(group(false, '0.30000000000000000002 ', '10 ', '0.3 ', '9.5 ', '10 '));
  expect(ranked.peers).toEqual([
    {
      density: '',
      volume: '',
      units: 5,
      values: ['0.3', '0.30000000000000000002', '9.5', '10'],
      upTo: [1, 2, 3, 5],
    },
  ]);
  expect(ranked).toMatchObject({ lowest: '3', highest: '2', mediumFrom: null, largeFrom: null });
});

test('peers by density and volume; equal volumes are in one third, and some units have none', async () => {
  const { peers, ...rest } = await rankUnits(
    group(false, '5 DENSE 10', '4 DENSE 10', '3 DENSE 30', '2 SPARSE 40', '1 SPARSE '),
  );
  expect(peers.map(({ density, volume, units, values }) => [density, volume, units, values.join()])).toEqual([
    ['', '', 5, '1,2,3,4,5'],
    ['DENSE', '', 3, '3,4,5'],
    ['DENSE', 'SMALL', 2, '4,5'],
    ['DENSE', 'MEDIUM', 1, '3'],
    ['SPARSE', '', 2, '1,2'],
    ['SPARSE', 'LARGE', 1, '2'],
  ]);
  expect(rest).toMatchObject({ mediumFrom: '30', largeFrom: '40' });
});

test('peers of one volume and any density only where the place of a unit is unknown', async () => {
  const { peers } = await rankUnits(group(true, '5 DENSE 1', '4  2', '3  3'));
  expect(peers.map(({ density, volume, units }) => [density, volume, units])).toEqual([
    ['', '', 3],
    ['', 'SMALL', 1],
    ['', 'MEDIUM', 1],
    ['', 'LARGE', 1],
    ['DENSE', '', 1],
    ['DENSE', 'SMALL', 1],
  ]);
});

test('a large group is ranked in several turns, and others have theirs between them', async () => {
  // 7 and 10 000 have no common divisor: each value comes once, as "12.3" or as "12.30".
  const units = Array.from(
    { length: 10_000 },
    (_unit, at) => `${(((at * 7) % 10_000) / 10).toFixed(1 + (at % 2))} `,
  );
  let turns = 0;
  let isRanked = false;
  const others = (async () => {
    while (!isRanked) {
      await nextTurn();
      turns += 1;
    }
  })();
  const { peers, lowest, highest } = await rankUnits(group(false, ...units));
  isRanked = true;
  await others;
  expect(turns).toBeGreaterThanOrEqual(3);
  expect(peers).toHaveLength(1);
  expect(peers[0]?.values.map(Number)).toEqual(units.map((_unit, at) => at / 10));
  expect(peers[0]?.upTo).toEqual(units.map((_unit, at) => at + 1));
  expect([lowest, highest].map((pid) => Number(units[Number(pid) - 1]))).toEqual([0, 999.9]);
});

test.each([
  [['1', '2', '4'], [1, 2, 3], '2'],
  [['1', '2'], [1, 2], '1.5'],
  [['1', '2.5'], [3, 4], '1'],
  [['0.0000001', '0.0000002'], [1, 2], '0.00000015'],
])('the median of %j, %j units up to each, is %s', (values, upTo, median) => {
  const units = upTo.at(-1) ?? 0;
  expect(medianOf({ density: '', volume: '', units, values, upTo })).toBe(median);
});
