import { describe, expect, test } from 'vitest';
import { DEMO_NETWORKS, DEMO_YEARS } from './catalogue.ts';
import { type DemoUnit, demoResults } from './results.ts';

const units = (kind: DemoUnit['kind'], count: number): DemoUnit[] =>
  Array.from({ length: count }, (_, index) => ({ kind, id: `unit-${index}`, regionId: `REG-${index % 5}` }));

describe.each(DEMO_NETWORKS)('demonstration results of $id', (network) => {
  const results = [...demoResults(network, units('SITE', 40))];

  test('are the same on every machine and every day', () => {
    expect([...demoResults(network, units('SITE', 40))]).toEqual(results);
    // A new unit changes nothing for the others.
    const more = [...demoResults(network, units('SITE', 41))];
    expect(more.filter(({ unit }) => unit.id !== 'unit-40')).toEqual(results);
  });

  test('are plausible: rates between 0 and 100, favourable answers among the answers', () => {
    expect(results.length).toBeGreaterThan(0);
    for (const { value, numerator, denominator, answers } of results) {
      if (answers) {
        expect(answers.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
        expect(answers.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
      } else if (numerator !== null && denominator !== null) {
        expect(0 <= numerator && numerator <= denominator).toBe(true);
      } else {
        expect(value).toMatch(/^\d{1,2}\.\d$/);
      }
    }
  });

  test('who published once goes on, and more publish each year', () => {
    const publishing = DEMO_YEARS.map(
      (year) => new Set(results.filter((result) => result.year === year).map(({ unit }) => unit.id)),
    );
    for (const [index, now] of publishing.entries()) {
      const before = publishing[index - 1] ?? new Set<string>();
      expect(before.isSubsetOf(now)).toBe(true);
    }
  });
});
