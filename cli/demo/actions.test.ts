import { describe, expect, test } from 'vitest';
import type { Column } from '../../kernel/import/column.ts';
import { converter } from '../../kernel/import/sheet.ts';
import { FEEDS } from '../feeds.ts';
import { demoActions } from './actions.ts';
import type { DemoPlace } from './places.ts';
import { SHOWN_SITE } from './places.ts';

const NETWORKS = ['caf', 'france-travail', 'gendarmerie', 'sip'];

/** So many sites in turn of some networks, those of the CAF under structures. */
const places = (count: number): DemoPlace[] =>
  Array.from({ length: count }, (_, index) => ({
    network: NETWORKS[index % NETWORKS.length] ?? '',
    site: index === 1 ? SHOWN_SITE : `site-${index}`,
    structure: index % NETWORKS.length === 0 ? `DEMO-caf-${index % 40}` : null,
    commune: 'Bapaume',
  }));

const LAST_DAY = '2026-10-31';
const made = demoActions(places(600), LAST_DAY);

describe.each(Object.keys(made))('demonstration rows of %s', (name) => {
  const rows = (of = made) => [...(of[name]?.() ?? [])];

  test('are the same on every machine, and a new site changes nothing for the others', () => {
    expect(rows(demoActions(places(600), LAST_DAY))).toEqual(rows());
    const more = rows(demoActions(places(601), LAST_DAY));
    expect(more.filter((row) => !JSON.stringify(row).includes('site-600'))).toEqual(rows());
  });

  test('are good rows of the template, with an id of their own', () => {
    const input = FEEDS.get(name)?.input;
    if (input?.kind !== 'sheet') throw new Error(`${name} has no sheet`);
    const headers = Object.values<Column>(input.columns).map(({ header }) => header[0] ?? '');
    const convert = converter(input);
    const problems = rows().flatMap((row) => {
      expect(Object.keys(row).filter((header) => !headers.includes(header))).toEqual([]);
      return convert(headers.map((header) => String(row[header] ?? ''))).problems;
    });
    expect(problems).toEqual([]);
    expect(rows().length).toBeGreaterThan(5);
    const keys = rows().map(
      (row) => `${row['identifiant']} ${row['engagement'] ?? row['signalement'] ?? row['jalon'] ?? ''}`,
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('tell nothing that was not over on the last day, and nothing from before the last two years', () => {
    const told = rows().flatMap((row) =>
      Object.entries(row)
        .filter(([header]) => /_le$|^debut$/.test(header) && header !== 'prevue_le')
        .map(([, day]) => String(day ?? '')),
    );
    for (const day of told.filter((each) => each !== '')) {
      expect(day <= LAST_DAY && day >= '2024-10-01').toBe(true);
    }
  });
});

test('the site of the stored operation SiteBoard has some of everything', () => {
  // Documents and frequent errors are of networks, what is steered nationally of nobody's site.
  const { documents, 'major-actions': majors, decisions, 'frequent-errors': errors, ...ofSites } = made;
  expect([...(documents?.() ?? [])].length).toBeGreaterThan(200);
  expect([...(majors?.() ?? []), ...(decisions?.() ?? [])].length).toBeGreaterThan(20);
  expect([...(errors?.() ?? [])].length).toBeGreaterThan(5);
  const without = Object.entries(ofSites).filter(
    ([, rows]) => !JSON.stringify([...rows()]).includes(SHOWN_SITE),
  );
  expect(without).toEqual([]);
});

test('the gallery shows different documents of many networks, each text with a report of its own', () => {
  const rows = [...(made['rewrites']?.() ?? [])];
  expect(rows.length).toBeGreaterThanOrEqual(12);
  expect(new Set(rows.map(({ apres }) => apres)).size).toBe(rows.length);
});
