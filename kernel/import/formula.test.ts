import { expect, test } from 'vitest';
import { neutralised, restored } from './formula.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+33 1 23', '+33 1 23'],
  ['+ bon accueil', "'+ bon accueil"],
  ['-5', '-5'],
  ['-5 étoiles', "'-5 étoiles"],
  ['@service', "'@service"],
  ["'=1+1", "''=1+1"],
  ["'entre guillemets'", "'entre guillemets'"],
  ["l'accueil", "l'accueil"],
  ['', ''],
])('%s is written %s, and read again as it was', (cell, written) => {
  expect(neutralised(cell)).toBe(written);
  expect(restored(written)).toBe(cell);
});
