import {
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { OTHER_PLACE, OWN_PLACE, SITE } from '../kit/world.ts';
import type { Draw } from './draw.ts';

/** A name that GraphQL writes without quotes. */
export class Word {
  readonly word: string;
  constructor(word: string) {
    this.word = word;
  }
}

/** Text that means something else to a database, a template, JavaScript or a reader. */
export const HOSTILE = [
  "' or 1=1 --",
  "'; drop table directory.site; --",
  '") or true --',
  '$1',
  '$$',
  '\\',
  "\\'",
  '%',
  '_',
  '%%_\\%',
  'a & b | !c:* <-> (',
  "':*",
  '!!!',
  '( ( (',
  '*',
  '{"$gt":""}',
  '${7*7}',
  '{{7*7}}',
  '=1+1',
  '__proto__',
  'constructor',
  'toString',
  '',
  ' ',
  '\t\n\r',
  '\u00a0',
  '\u200b',
  '\ufeff',
  'é'.repeat(40),
  'e\u0301'.repeat(40),
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  '\uffff',
  '\u{10ffff}',
  'İıſß',
  'x'.repeat(300),
  'a b '.repeat(500),
  '-',
  '-1',
  '0',
  '1e9',
  'null',
  'undefined',
  'NaN',
  'infinity',
  'true',
];

/** Text that is none. */
export const UNFIT = ['a\u0000b', '\u0000', '\ud800', '\udfffx', 'a\u202eb', '\u2066', '\u200f'];

const IDS = [
  ...['NET-caf', 'NET-cpam', 'NET-france-travail', 'NET-gendarmerie', 'NET-none', 'caf'],
  ...[
    'FR',
    'REG-32',
    'REG-11',
    'DEP-62',
    'DEP-75',
    'DEP-974',
    'COM-62041',
    'COM-75056',
    'COM-75101',
    'COM-99999',
  ],
  ...[
    SITE,
    'SITE-b76d0acd-de36-5971-80fa-fbcdb91d9cd8',
    'SITE-00000000-0000-4000-8000-000000000000',
    'SITE-x',
  ],
  ...[OWN_PLACE, OTHER_PLACE, 'STR-DEMO-caf', 'STR-FAIT-CAF-67', 'STR-none'],
  ...['IND-SATISFACTION', 'IND-27', 'IND-TAUX_DECROCHE', 'IND-none', 'SATISFACTION'],
  ...['COMMITMENT-E4', 'COMMITMENT-2021-4', 'COMMITMENT-E99', '2024', '2021'],
  ...[
    'PROC-caf-aide-au-logement',
    'MIN-none',
    'TYP-caf',
    'TEM-1',
    'TEM-4',
    'TEM-99',
    'relation',
    'accessibilite',
  ],
  ...['PLAN-1', 'PLAN-9', 'DIAG-1', 'LABEL-9', 'IMPACT-1', 'DOC-1', 'DOC-9', 'REP-1', 'REP-9'],
  'DRAFT-00000000-0000-4000-8000-000000000000',
];

const PERIODS = ['2023', '2024', '2022', '2023-S1', '2023-T3', '2023-07', '2014'];
const STRANGE_PERIODS = [
  '2023-13',
  '2023-S3',
  '0000',
  '9999',
  '99999',
  '2023-7',
  '2023-00',
  '20 23',
  '-2023',
  '２０２３',
];
const DATES = ['2024-01-01', '2023-12-31', '2024-02-29'];
const STRANGE_DATES = [
  ...[
    '2023-02-29',
    '0000-00-00',
    '0001-01-01',
    '9999-12-31',
    '10000-01-01',
    '294277-01-01',
    '-4714-01-01',
    '24-01-01',
  ],
  ...[
    'infinity',
    '-infinity',
    'epoch',
    'today',
    'now',
    '2024-01-01 BC',
    '2024-001',
    'J2451187',
    '2024-01-01T00:00:00Z',
  ],
];
const MOMENTS = ['2020-01-01T00:00:00Z', '2026-11-01T10:00:00.123+01:00', '2099-01-01T00:00:00Z'];
const STRANGE_MOMENTS = [
  ...[
    '2024-01-01',
    '2024-01-01T00:00:00',
    '2024-12-31T23:59:60Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T00:00:00+99:99',
  ],
  ...[
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '+275761-01-01T00:00:00Z',
    '-271821-04-20T00:00:00Z',
  ],
  ...[
    '-004714-01-01T00:00:00Z',
    '294277-01-01T00:00:00Z',
    'infinity',
    '2024-01-01T00:00:00.1234567890123Z',
    '2024-01-01T00:00:00-23:59',
  ],
];
const DECIMALS = ['50', '78.5', '78,5', '0', '100', '99.999999999999'];
const STRANGE_DECIMALS = [
  '-3',
  '120',
  '1e400',
  'NaN',
  'Infinity',
  '-0',
  '1'.repeat(60),
  `0.${'1'.repeat(60)}`,
  '1,2,3',
  '٣',
  '0x10',
  '1e5',
  '+5',
  '5.',
  '.5',
];
const SEARCHES = [
  'caf',
  'arras',
  'rue',
  "l'accueil",
  'portes',
  'allocation',
  'satisfaction',
  'Hauts-de-France',
  '62000',
  'st etienne',
];

/** What arguments of these names most often are, so that something is found, and written. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  network: ['NET-caf'],
  networks: ['NET-caf', 'NET-cpam'],
  structure: [OWN_PLACE],
  site: [SITE],
  territory: ['DEP-62', 'FR', 'REG-32'],
  within: ['DEP-62'],
  indicator: ['IND-SATISFACTION'],
  commitment: ['COMMITMENT-E4', 'COMMITMENT-E1'],
};

/** What is drawn from beside these lists. */
export interface Pools {
  /** Cursors that the hub gave, by whatever list. */
  cursors: readonly string[];
  /** Ids that only exist in this run: drafts, sites. */
  ids: readonly string[];
}

/** A value for an argument or an input field, most often one that means something. */
export function valueFor(type: GraphQLInputType, name: string, draw: Draw, pools: Pools): unknown {
  if (!isNonNullType(type) && draw.chance(3)) return null;
  const inner = getNullableType(type);
  if (draw.chance(1))
    return draw.pick([0, -1, 1.5, true, 'text', [], [[]], {}, { a: 1 }, null, new Word('WORD')]);
  if (isListType(inner)) {
    const length = draw.chance(2) ? draw.int(20, 120) : draw.int(0, 3);
    return Array.from({ length }, () => valueFor(inner.ofType, name, draw, pools));
  }
  if (isEnumType(inner)) return new Word(draw.pick(inner.getValues()).name);
  if (isInputObjectType(inner)) {
    const fields = Object.values(inner.getFields());
    const given = fields.filter((field) => isNonNullType(field.type) || draw.chance(25));
    return Object.fromEntries(
      given.map((field) => [field.name, valueFor(field.type, field.name, draw, pools)]),
    );
  }
  return scalarFor(inner.name, name, draw, pools);
}

function scalarFor(type: string, name: string, draw: Draw, { cursors, ids }: Pools): unknown {
  const oneOf = <T>(usual: readonly T[], strange: readonly T[]): T =>
    usual.length === 0 || draw.chance(20) ? draw.pick(strange) : draw.pick(usual);
  const text = (usual: readonly string[], strange: readonly string[] = []): string =>
    draw.chance(5) ? draw.text() : oneOf(usual, draw.chance(15) ? UNFIT : [...strange, ...HOSTILE]);
  switch (type) {
    case 'Int':
      if (name === 'version') return oneOf([0, 1, 1, 1, 2], [-1, 2_147_483_647]);
      return name === 'first'
        ? oneOf([1, 2, 3, 5, 10], [0, -1, 20, 100, 101, 2_147_483_647, -2_147_483_648])
        : oneOf([0, 1, 2, 10], [-1, 1000, 2_147_483_647, -2_147_483_648, 2_147_483_648]);
    case 'Float':
      return oneOf([50.29, 2.78, 48.85, 2.35, 5, 0], [90, -90, 180.1, 1e308, -1e308, 5e-324, -0, 1e16]);
    case 'Boolean':
      return draw.chance(50);
    case 'ID':
      if (draw.chance(3)) return draw.int(-5, 5);
      if (name === 'draft' && draw.chance(80)) return draw.pick(ids);
      return text(USUAL[name] && draw.chance(75) ? USUAL[name] : [...IDS, ...ids]);
    case 'Date':
      return text(DATES, STRANGE_DATES);
    case 'DateTime':
      return text(MOMENTS, STRANGE_MOMENTS);
    default:
      return textFor(name, text, cursors, draw);
  }
}

function textFor(
  name: string,
  text: (usual: readonly string[], strange?: readonly string[]) => string,
  cursors: readonly string[],
  draw: Draw,
): string {
  if (name === 'after') return draw.chance(30) ? tampered(draw.pick([...cursors, 'x']), draw) : text(cursors);
  if (name === 'period') return text(PERIODS, STRANGE_PERIODS);
  if (name === 'search') return text(SEARCHES, [...SEARCHES, ...IDS]);
  if (name === 'idempotencyKey') return `${draw.int(0, 1e9)}-${text(['abcdefgh'])}`;
  if (/^(value|numerator|denominator)$/.test(name)) return text(DECIMALS, STRANGE_DECIMALS);
  if (name === 'indicator') return text(['IND-SATISFACTION', 'IND-none']);
  if (name === 'channels') return text(['Guichet', 'Téléphone']);
  return text(['Un titre', 'Sous quinze jours', 'caf', '62000', 'mairie']);
}

function tampered(cursor: string, draw: Draw): string {
  const at = draw.int(0, cursor.length);
  const inserted = draw.pick(['', 'A', '=', '.', '\u0000', 'é', '{"a":1}', "'"]);
  return cursor.slice(0, at) + inserted + cursor.slice(at + draw.int(0, 3));
}
