import { expect, test } from 'vitest';
import { versionOfMost } from './map.query.ts';

const places = ['DEP-01', 'DEP-02', 'DEP-03'].map((territory) => ({ network: 'NET-caf', territory }));
const version = (number: number, ...territories: string[]) => ({
  network: 'NET-caf',
  version: number,
  figures: new Map(territories.map((territory) => [territory, number])),
});

test.each([
  ['nothing was published', [], undefined],
  ['there is one', [version(3, 'DEP-02')], 3],
  ['most were published under an old one', [version(1, 'DEP-01', 'DEP-02'), version(2, 'DEP-03')], 1],
  ['two have as many', [version(2, 'DEP-03'), version(4, 'DEP-01'), version(3, 'DEP-02')], 4],
  ['places out of the map have others', [version(1, 'DEP-01'), version(2, 'DEP-62', 'DEP-59')], 1],
  ['no place of the map has any', [version(2, 'DEP-62')], undefined],
])('the definition of a map when %s', (_when, versions, chosen) => {
  expect(versionOfMost(places, versions)?.version).toBe(chosen);
});
