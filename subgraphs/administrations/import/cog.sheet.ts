import { type Mapped, objects, type StagingValue } from '../../../kernel/import/objects.ts';
import { rejected } from '../../../kernel/import/problem.ts';

type Element = Readonly<Record<string, unknown>>;

/** A row of the staging of `cog`; `kind` says which columns are filled. */
export interface CogRow {
  kind:
    | 'VINTAGE'
    | 'REGION'
    | 'DEPARTEMENT'
    | 'COMMUNE'
    | 'ARRONDISSEMENT'
    | 'FORMER'
    | 'FORMER_NAME'
    | 'CENTER';
  code: string;
  name: string | null;
  /** Code of the level above: région, département, or the commune of an arrondissement or of a former commune. */
  parent: string | null;
  region: string | null;
  population: number | null;
  postal_codes: string[] | null;
  latitude: number | null;
  longitude: number | null;
  method: string | null;
}

const CODE = /^(?:\d{2,3}|2[AB]|\d{5}|2[AB]\d{3})$/;
const TYPES = new Set([
  'commune-actuelle',
  'arrondissement-municipal',
  'commune-deleguee',
  'commune-associee',
]);

/**
 * `communes.json`, `departements.json` and `regions.json` of `@etalab/decoupage-administratif`, apart or one
 * after the other. An element with a type is a commune (`code` is unique only with its type), one with a région
 * is a département, any other is a région.
 */
export const cogInput = objects({
  staging: {
    kind: 'text',
    code: 'text',
    name: 'text',
    parent: 'text',
    region: 'text',
    population: 'integer',
    postal_codes: 'jsonb',
    latitude: 'double precision',
    longitude: 'double precision',
    method: 'text',
  },
  map: (element) => mapElement(element),
});

function mapElement(element: Element): Mapped {
  if ('millesime' in element) return { rows: [row('VINTAGE', String(element['millesime']))] };
  if ('centre' in element) return { rows: [center(element)] };
  const code = text(element, 'code');
  const name = text(element, 'nom');
  if (code === null || !CODE.test(code)) {
    return refuse('code', 'BAD_CODE', 'expected an INSEE code', element['code']);
  }
  if (name === null) return refuse('nom', 'REQUIRED', 'expected a name', element['nom']);
  const type = text(element, 'type');
  if (type !== null) return commune(element, type, code, name);
  const region = text(element, 'region');
  return {
    rows: [row(region === null ? 'REGION' : 'DEPARTEMENT', code, { name, parent: region ?? 'FR' })],
  };
}

function commune(element: Element, type: string, code: string, name: string): Mapped {
  if (!TYPES.has(type)) return refuse('type', 'NOT_ALLOWED', 'expected a type of commune', type);
  // A commune that merged keeps its name here, as delegated or associated commune.
  if (type.startsWith('commune-') && type !== 'commune-actuelle') {
    return { rows: [row('FORMER_NAME', code, { name })] };
  }
  const municipal = type === 'arrondissement-municipal';
  const parent = text(element, municipal ? 'commune' : 'departement');
  if (parent === null) return refuse('departement', 'REQUIRED', 'expected the level above', name);
  const population = element['population'];
  if (population !== undefined && !(Number.isSafeInteger(population) && Number(population) >= 0)) {
    return refuse('population', 'NOT_AN_INTEGER', 'expected a number of people', population);
  }
  const own = row(municipal ? 'ARRONDISSEMENT' : 'COMMUNE', code, {
    name,
    parent,
    region: text(element, 'region'),
    population: population === undefined ? null : Number(population),
    postal_codes: codes(element['codesPostaux']),
  });
  const former = codes(element['anciensCodes']).map((old) => row('FORMER', old, { parent: code }));
  return { rows: [own, ...former] };
}

function center(element: Element): Readonly<Record<string, StagingValue>> {
  return row('CENTER', String(element['centre']), {
    latitude: Number(element['latitude']),
    longitude: Number(element['longitude']),
    method: text(element, 'methode'),
  });
}

function row(kind: CogRow['kind'], code: string, values: Partial<CogRow> = {}): Record<string, StagingValue> {
  return { kind, code, ...values };
}

function text(element: Element, key: string): string | null {
  const value = element[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

const codes = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

const refuse = (column: string, code: string, message: string, sample: unknown): Mapped => ({
  rows: [],
  problems: [rejected(column, code, message, sample === undefined ? null : String(sample))],
});
