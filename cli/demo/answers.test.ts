import { expect, test } from 'vitest';
import { demoAnswers, demoStatistics } from './answers.ts';
import type { DemoUnit } from './results.ts';

const units = (count: number): DemoUnit[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'SITE',
    id: `SITE-${index}`,
    regionId: `REG-3${index % 4}`,
  }));

test('answers are the same on every machine and every day, each with a reference of its own', () => {
  const answers = demoAnswers(units(200));
  expect(answers.length).toBeGreaterThan(100);
  expect(demoAnswers(units(200))).toEqual(answers);
  expect(new Set(answers.map(({ reference }) => reference)).size).toBe(answers.length);
  expect(new Set(answers.map(({ reponse }) => reponse)).size).toBe(4);
  // A new site changes nothing for the others.
  expect(demoAnswers(units(204)).filter(({ site }) => Number(site) < 200)).toEqual(answers);
});

test('statistics of procedures are the same too, and no count is negative', () => {
  const text = JSON.stringify(demoStatistics());
  expect(JSON.stringify(demoStatistics())).toBe(text);
  expect(text).not.toMatch(/"count":-/);
});
