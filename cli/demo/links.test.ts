import { expect, test } from 'vitest';
import type { Column } from '../../kernel/import/column.ts';
import { converter } from '../../kernel/import/sheet.ts';
import { FEEDS } from '../feeds.ts';
import { demoActions } from './actions.ts';
import { demoDuties } from './duties.ts';
import type { CsvRow } from './files.ts';
import { demoLinks } from './links.ts';
import { demoTestimonies } from './testimonies.ts';
import { DEMO_VOICES } from './voice-networks.ts';

const LAST_DAY = '2026-10-31';
const SITES = Array.from({ length: 120 }, (_, index) => `site-${index}`);

const [voice] = DEMO_VOICES;
if (voice === undefined) throw new Error('no voice');
const TOLD = [
  ...demoTestimonies(
    { ...voice, count: 1200 },
    SITES.map((site) => ({
      network: voice.network,
      structure: 'DEMO-caf-1',
      site: `SITE-${site}`,
      departementId: 'DEP-59',
      departement: 'Nord',
      region: 'Hauts-de-France',
    })),
    LAST_DAY,
  ),
];

function made(): CsvRow[] {
  const places = SITES.map((site) => ({ network: 'caf', site, structure: 'DEMO-caf-1', commune: 'Lille' }));
  const actions = demoActions(places, LAST_DAY);
  return demoLinks(TOLD, actions['action-plans']?.() ?? [], actions['impacts']?.() ?? []);
}

/** What is wrong with rows of a template. */
function problems(feed: string, rows: readonly CsvRow[]) {
  const input = FEEDS.get(feed)?.input;
  if (input?.kind !== 'sheet') throw new Error(`${feed} has no sheet`);
  const headers = Object.values<Column>(input.columns).map(({ header }) => header[0] ?? '');
  const convert = converter(input);
  return rows.flatMap((row) => {
    expect(Object.keys(row).filter((header) => !headers.includes(header))).toEqual([]);
    return convert(headers.map((header) => String(row[header] ?? ''))).problems;
  });
}

test('testimonies stand behind the plans of their place and what came of them, the same on every machine', () => {
  const rows = made();
  expect(rows.length).toBeGreaterThan(10);
  expect(made()).toEqual(rows);
  expect(problems('testimony-links', rows)).toEqual([]);
  const numbers = new Set(TOLD.map((one) => one['ID expérience']));
  expect(rows.filter(({ experience }) => !numbers.has(String(experience)))).toEqual([]);
  expect(new Set(rows.map(({ cible }) => String(cible).replace(/-.*/, '')))).toEqual(
    new Set(['PLAN', 'IMPACT']),
  );
});

test('delays of reply are labelled, and some networks have none', () => {
  const rows = demoDuties();
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.length).toBeLessThan(DEMO_VOICES.length);
  expect(rows.every(({ source }) => String(source).startsWith('DÉMONSTRATION'))).toBe(true);
  expect(problems('reply-duties', rows)).toEqual([]);
});
