import type { DemoIndicator, DemoNetwork } from '../catalogue.ts';

/** A network of the national set. */
export interface NationalNetwork extends DemoNetwork {
  /** Where it publishes: its sites; groups of sites beside them; its areas' structures; the nation. */
  by: 'SITE' | 'GROUP' | 'AREA' | 'NATION';
  /** Kind of place of the State directory, what it is called, and its share of the sites, for those with sites. */
  places?: { pivot: string; label: string; share: number };
  /** Publishes as well, itself, for the nation and its régions, or by the structure at its head. */
  above?: 'TERRITORIES' | 'HEAD';
}

const QUESTIONS: readonly DemoIndicator[] = [
  { id: 'IND-SATISFACTION', detail: 'ANSWERS', level: 74, trend: 0.4 },
  { id: 'IND-SATISFACTION_NETTE', detail: 'ANSWERS', level: 72, trend: 0.3 },
  { id: 'IND-SATISFACTION_DELAI', detail: 'ANSWERS', level: 64, trend: 0.5 },
  { id: 'IND-ACCESSIBILITE', detail: 'ANSWERS', level: 66, trend: 0.3 },
  { id: 'IND-EFFORT', detail: 'RESPONDENTS', level: 71, trend: 0.4 },
  { id: 'IND-RELATION', detail: 'ANSWERS', level: 85, trend: 0.1 },
  { id: 'IND-TAUX_DECROCHE', detail: 'COUNTS', level: 80, trend: -0.3 },
  { id: 'IND-RESPECT_DELAI', detail: 'COUNTS', level: 84, trend: 0.5 },
  { id: 'IND-QUALITE_DEMARCHES', detail: 'RATE', level: 62, trend: 1.5 },
  { id: 'ATTENTE', detail: 'MEAN', level: 18, trend: -0.3, own: true },
  { id: 'DOSSIERS', detail: 'NUMBER', level: 50, trend: 0, own: true },
  { id: 'CLARTE', detail: 'ANSWERS', level: 60, trend: 0.8, own: true },
];

/** More publish each year; about nine in ten over eight years. */
const coverage = { start: 0.82, yearly: 0.025 };

const network = (
  id: string,
  by: NationalNetwork['by'],
  more: Partial<NationalNetwork> = {},
): NationalNetwork => ({ id: `NET-${id}`, by, coverage, indicators: QUESTIONS, ...more });

const places = (pivot: string, label: string, share: number) => ({ places: { pivot, label, share } });

/** A fifth of its units gives one of the rates without its counts: nothing of it can be weighted. */
const UNEVEN = QUESTIONS.map((one) => (one.id === 'IND-TAUX_DECROCHE' ? { ...one, bare: 0.2 } : one));

/**
 * Twenty networks; those that were renamed publish under both names in turn. The shares of those that publish by site
 * add up to one; the others receive people too, and publish by their structures.
 */
export const NATIONAL_NETWORKS: readonly NationalNetwork[] = [
  network('police', 'SITE', places('commissariat_police', 'Commissariat de police', 0.16)),
  // Its finest level is the département: sites, finer, count where nobody publishes at that level.
  network('gendarmerie', 'SITE', {
    ...places('gendarmerie', 'Brigade de gendarmerie', 0.2),
    above: 'HEAD',
  }),
  network('sip', 'SITE', {
    ...places('sip', 'Service des impôts des particuliers', 0.12),
    above: 'TERRITORIES',
  }),
  network('sie', 'GROUP', places('sie', 'Service des impôts des entreprises', 0.08)),
  network('france-travail', 'SITE', {
    ...places('france_travail', 'Agence France Travail', 0.14),
    before: { id: 'NET-pole-emploi', lastYear: 2023 },
  }),
  network('france-services', 'SITE', {
    ...places('msap', 'France services', 0.21),
    before: { id: 'NET-msap', lastYear: 2019 },
  }),
  network('tribunal-judiciaire', 'SITE', {
    ...places('tribunal_judiciaire', 'Tribunal judiciaire', 0.04),
    before: { id: 'NET-tgi', lastYear: 2019 },
  }),
  network('crous', 'SITE', { ...places('crous', 'Crous', 0.03), indicators: UNEVEN }),
  network('service-national', 'SITE', places('bsn', 'Centre du service national', 0.02)),
  network('caf', 'AREA', places('caf', 'Caisse d’allocations familiales', 0.06)),
  network('cpam', 'AREA', places('cpam', 'Caisse primaire d’assurance maladie', 0.02)),
  network('msa', 'AREA', { ...places('msa', 'Mutualité sociale agricole', 0.02), above: 'TERRITORIES' }),
  network('prefecture', 'AREA', places('prefecture', 'Préfecture', 0.01)),
  network(
    'dsden',
    'AREA',
    places('inspection_academique', 'Direction des services de l’Éducation nationale', 0.01),
  ),
  network('carsat', 'AREA', places('carsat', 'Carsat', 0.01)),
  network('urssaf', 'AREA', { ...places('urssaf', 'Urssaf', 0.01), above: 'HEAD' }),
  network('dreets', 'AREA', {
    ...places('dreets', 'Dreets', 0.01),
    before: { id: 'NET-direccte', lastYear: 2020 },
  }),
  network('drac', 'AREA', places('drac', 'Drac', 0.01)),
  network('ants', 'NATION'),
  network('dgccrf', 'NATION'),
];
