import { expect, test } from 'vitest';
import { converter } from '../../kernel/import/sheet.ts';
import { testimoniesSheet } from '../../subgraphs/testimonies/import/open-data.sheet.ts';
import { demoTestimonies } from './testimonies.ts';
import { DEMO_VOICES } from './voice-networks.ts';
import { nowhere, type VoicePlace } from './voice-places.ts';

const TODAY = '2026-11-22';
const PLACE = { structure: null, departementId: 'DEP-59', departement: 'Nord', region: 'Hauts-de-France' };
const places = (network: string, many: number): VoicePlace[] =>
  Array.from({ length: many }, (_, index) => ({ ...PLACE, network, site: `SITE-${index}` }));
const made = () =>
  DEMO_VOICES.flatMap((voice) => {
    const own = voice.network === 'NET-ants' ? nowhere(voice) : places(voice.network, 90);
    return [...demoTestimonies(voice, own, TODAY)];
  });
const ALL = made();
const share = (found: number) => found / ALL.length;
const where = (column: string, value: string) => ALL.filter((row) => (row[column] ?? '') === value).length;

test('about as many as announced, each with a number of its own, the same on every machine', () => {
  const announced = DEMO_VOICES.reduce((sum, { count }) => sum + count, 0);
  expect(announced).toBeGreaterThan(2900);
  expect(ALL.length / announced).toBeGreaterThan(0.9);
  expect(ALL.length / announced).toBeLessThan(1.1);
  expect(new Set(ALL.map((row) => row['ID expérience'])).size).toBe(ALL.length);
  expect(made()).toEqual(ALL);
});

test('every row is one that the feed takes', () => {
  const columns = Object.entries(testimoniesSheet.columns);
  const convert = converter(testimoniesSheet);
  const known = new Set(columns.map(([name, { header }]) => header[0] ?? name));
  for (const row of ALL) {
    expect(Object.keys(row).filter((name) => !known.has(name))).toEqual([]);
    expect(convert(columns.map(([name, { header }]) => row[header[0] ?? name])).problems).toEqual([]);
  }
});

test('sentences are whole, and agree', () => {
  const texts = ALL.flatMap((row) => [row['Description'] ?? '', row['Réponse structure 1'] ?? '']);
  expect(texts.filter((text) => /[{}]|undefined| de le | à le /.test(text))).toEqual([]);
  expect(new Set(ALL.map((row) => row['Description'])).size).toBeGreaterThan(1500);
});

test('all that readers filter by is there: feelings, replies, waiting drafts, actions, rejections', () => {
  for (const feeling of ['Positif', 'Neutre', 'Négatif']) {
    expect(share(where('Ressenti usager', feeling))).toBeGreaterThan(0.08);
  }
  expect(share(where('Statut réponse structure 1', 'Réponse publiée'))).toBeGreaterThan(0.6);
  expect(share(where('Statut réponse structure 1', 'À traiter'))).toBeGreaterThan(0.05);
  expect(where('Statut réponse structure 1', 'À valider')).toBeGreaterThan(5);
  expect(where('Statut réponse structure 1', 'Brouillon')).toBeGreaterThan(5);
  expect(where('Action engagée', 'Oui')).toBeGreaterThan(50);
  expect(where('Etat expérience', 'Rejetée')).toBeGreaterThan(20);
  expect(where('Etat expérience', 'En attente de modération')).toBeGreaterThan(2);
});

test('on a machine whose clock is behind nothing comes from the future', () => {
  const [voice] = DEMO_VOICES;
  if (voice === undefined) throw new Error('no voice');
  const days = [...demoTestimonies(voice, nowhere(voice), '2025-06-15')].flatMap((row) => [
    row['Écrit le'] ?? '',
    row['Date de publication'] ?? '',
    row['Date de premiere réponse'] ?? '',
    row["Date de l'action engagée"] ?? '',
  ]);
  expect(days.filter((day) => day > '2025-06-15')).toEqual([]);
});
