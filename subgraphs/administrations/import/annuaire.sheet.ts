import { type Mapped, objects } from '../../../kernel/import/objects.ts';
import { type RowProblem, rejected } from '../../../kernel/import/problem.ts';
import {
  accessibilityOf,
  addressesOf,
  addressOf,
  contactsOf,
  type Drop,
  email,
  locationOf,
  openingOf,
  phone,
  website,
} from './annuaire.contact.ts';
import { BadNested, list, type Nested, objectsOf, textOf } from './annuaire.nested.ts';

/**
 * Records of the State directory (DILA), dump `{"service":[…]}` or API variant, whose nested fields are JSON
 * strings. `affectation_personne` names officials: it is never read. `telecopie` neither, nobody answers it.
 */
export const annuaireInput = objects({
  staging: {
    uuid: 'text',
    old_code: 'text',
    name: 'text',
    pivots: 'jsonb',
    /** Pairs of pivot and commune code, where a pivot serves several communes. */
    serves: 'jsonb',
    commune_code: 'text',
    latitude: 'double precision',
    longitude: 'double precision',
    address: 'jsonb',
    postal_address: 'jsonb',
    phones: 'jsonb',
    emails: 'jsonb',
    websites: 'jsonb',
    opening: 'jsonb',
    opening_note: 'text',
    accessibility: 'text',
    accessibility_note: 'text',
    information: 'text',
    siren: 'text',
    siret: 'text',
    modified_on: 'date',
    origin: 'text',
  },
  map: (service) => mapService(service),
});

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const COMMUNE = /^(?:\d{5}|2[AB]\d{3})$/;

function mapService(service: Nested): Mapped {
  const uuid = textOf(service, 'id');
  const name = textOf(service, 'nom');
  if (uuid === null || !UUID.test(uuid)) return refuse('id', 'BAD_CODE', 'expected an UUID', service['id']);
  if (name === null) return refuse('nom', 'REQUIRED', 'expected a name', service['nom']);
  const problems: RowProblem[] = [];
  const drop: Drop = (column, code, message, value) =>
    problems.push({ ...rejected(column, code, message, String(value)), severity: 'NOTICE' });
  try {
    const rows = [{ uuid: uuid.toLowerCase(), name, ...fields(service, drop) }];
    if (rows[0]?.pivots.length === 0) {
      const message = 'no pivot: a national administration, not a place that receives people';
      return {
        rows: [],
        problems: [{ ...rejected('pivot', 'NO_PIVOT', message, name), severity: 'QUARANTINED' }],
      };
    }
    return { rows, problems };
  } catch (error) {
    if (!(error instanceof BadNested)) throw error;
    return refuse(error.message, 'BAD_JSON', 'expected JSON in this text', service[error.message]);
  }
}

function fields(service: Nested, drop: Drop) {
  const { main, postal } = addressesOf(service);
  const oldCode = textOf(service, 'ancien_code_pivot');
  const pivots = pivotsOf(service, oldCode);
  return {
    old_code: oldCode,
    pivots: pivots.map(({ pivot }) => pivot),
    serves: pivots.filter(({ communes }) => communes.length > 1),
    commune_code: communeOf(service, pivots, drop),
    ...(locationOf(main, drop) ?? { latitude: null, longitude: null }),
    address: addressOf(main),
    postal_address: addressOf(postal),
    phones: contactsOf(service, 'telephone', phone, drop),
    emails: contactsOf(service, 'adresse_courriel', email, drop),
    websites: contactsOf(service, 'site_internet', website, drop),
    opening: openingOf(service, drop),
    opening_note: textOf(service, 'commentaire_plage_ouverture'),
    accessibility: accessibilityOf(main, drop),
    accessibility_note: textOf(main ?? {}, 'note_accessibilite'),
    information: textOf(service, 'information_complementaire'),
    siren: registration(service, 'siren', 9, drop),
    siret: registration(service, 'siret', 14, drop),
    modified_on: dayOf(service, drop),
    origin: textOf(service, 'version_source'),
  };
}

/** The pivots of a record with the communes that each serves; else what its former code begins with. */
function pivotsOf(service: Nested, oldCode: string | null) {
  const named = objectsOf(service, 'pivot').flatMap((entry) => {
    const pivot = textOf(entry, 'type_service_local');
    const communes = [...new Set(list(entry, 'code_insee_commune').map(String))].filter((code) =>
      COMMUNE.test(code),
    );
    return pivot === null ? [] : [{ pivot, communes }];
  });
  const former = /^([a-z][a-z0-9_]*)-/.exec(oldCode ?? '')?.[1];
  return named.length === 0 && former !== undefined ? [{ pivot: former, communes: [] }] : named;
}

function communeOf(service: Nested, pivots: readonly { communes: string[] }[], drop: Drop): string | null {
  const code = textOf(service, 'code_insee_commune');
  if (code !== null && COMMUNE.test(code)) return code;
  if (code !== null) drop('code_insee_commune', 'BAD_CODE', 'expected an INSEE code', code);
  const served = pivots.flatMap(({ communes }) => communes);
  return new Set(served).size === 1 ? (served[0] ?? null) : null;
}

/** SIREN and SIRET are digits only; anything else is dropped. */
function registration(service: Nested, key: string, digits: number, drop: Drop): string | null {
  const value = textOf(service, key)?.replace(/[\s\u00a0]/g, '') ?? null;
  if (value === null || (value.length === digits && /^\d+$/.test(value))) return value;
  drop(key, 'BAD_CODE', `expected ${digits} digits`, value);
  return null;
}

const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** Day of the last change in Paris: `dd/MM/yyyy HH:mm:ss` is already Paris time, an ISO instant is not. */
function dayOf(service: Nested, drop: Drop): string | null {
  const value = textOf(service, 'date_modification');
  if (value === null) return null;
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})(?: [\d:]+)?$/.exec(value) ?? [];
  const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]|$)/.test(value);
  const date = day === undefined ? new Date(iso ? value : '') : new Date(`${year}-${month}-${day}T12:00:00Z`);
  const written = Number.isNaN(date.getTime()) ? '' : PARIS.format(date);
  // 31/02 would have become 3 March.
  if (written !== '' && (day === undefined || written.endsWith(`-${day}`))) return written;
  drop('date_modification', 'NOT_A_DATE', 'expected a date such as 31/12/2025 12:00:00', value);
  return null;
}

const refuse = (column: string, code: string, message: string, value: unknown): Mapped => ({
  rows: [],
  problems: [rejected(column, code, message, value === undefined ? null : JSON.stringify(value))],
});
