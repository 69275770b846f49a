/**
 * Global ids: readable, built from natural keys, unique across types. They are the primary keys of the
 * tables too, so nothing is ever translated.
 */
const PREFIXES = {
  'REG-': 'Territory',
  'DEP-': 'Territory',
  'COM-': 'Territory',
  'NET-': 'Network',
  'STR-': 'Structure',
  'SITE-': 'Site',
  'COMMITMENT-': 'Commitment',
  'PROC-': 'Procedure',
  'IND-': 'Indicator',
  'TEM-': 'Testimony',
  'REP-': 'SimplificationReport',
  'DOC-': 'AdministrativeDocument',
  'PLAN-': 'ActionPlan',
  'DIAG-': 'SelfDiagnosis',
  'LABEL-': 'Label',
  'IMPACT-': 'Impact',
  'CONF-': 'Conference',
  'IDEA-': 'Idea',
  'MAJOR-': 'MajorAction',
  'MEETING-': 'GovernanceSession',
  'DECISION-': 'Decision',
  'ERR-': 'FrequentError',
  'PRACTICE-': 'GoodPractice',
  'REUSE-': 'PracticeReuse',
  'BODY-': 'ListeningBody',
  'TRAIN-': 'TrainingCount',
  'ECO-': 'EcoMeasure',
} as const;

export type NodeType = (typeof PREFIXES)[keyof typeof PREFIXES];

const TYPES: ReadonlyMap<string, NodeType> = new Map(Object.entries(PREFIXES));

/** The whole country, root of the territory tree. */
export const NATION = 'FR';

/** A key may hold letters, digits and `._:-`; at most 120 characters, so that an id fits an index entry. */
const WELL_FORMED = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,119}$/u;

/** The type that an id names, or null when it has no known prefix or is malformed. */
export function typeOfId(id: string): NodeType | null {
  if (id === NATION) return 'Territory';
  if (!WELL_FORMED.test(id)) return null;
  const prefix = id.slice(0, id.indexOf('-') + 1);
  return TYPES.get(prefix) ?? null;
}

export const TERRITORY_LEVELS = ['COMMUNE', 'DEPARTEMENT', 'REGION', 'NATIONAL'] as const;

/** Levels of the territory tree, from the smallest to the whole country. */
export type TerritoryLevel = (typeof TERRITORY_LEVELS)[number];

/** Finest level at which a network publishes, what a structure answers for, and of what results are. */
export const PUBLICATION_LEVELS = ['SITE', 'DEPARTEMENT', 'REGION', 'NATIONAL'] as const;
export type PublicationLevel = (typeof PUBLICATION_LEVELS)[number];

/** Id of a territory from its level and INSEE code; the level matters, codes collide between levels. */
export function territoryId(level: TerritoryLevel, code: string): string {
  if (level === 'NATIONAL') return NATION;
  return `${{ COMMUNE: 'COM', DEPARTEMENT: 'DEP', REGION: 'REG' }[level]}-${code}`;
}
