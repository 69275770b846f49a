import { describe, expect, test } from 'vitest';
import { annuaireInput } from './annuaire.sheet.ts';

const service = {
  id: '528EC072-1427-5e8a-b747-131251cdaea3',
  nom: ' Pôle emploi de Bapaume ',
  pivot: [{ type_service_local: 'pole_emploi', code_insee_commune: ['62080'] }],
  ancien_code_pivot: 'pole_emploi-62080-01',
  code_insee_commune: '62080',
  adresse: [
    {
      ...{ type_adresse: 'Adresse', complement1: '6 rue de Douai', complement2: '', numero_voie: 'BP 81' },
      ...{
        code_postal: '62453',
        nom_commune: 'Bapaume Cedex',
        longitude: '2.8518315',
        latitude: '50.1055533',
      },
      ...{ accessibilite: 'DEM', note_accessibilite: 'Sonner à la porte de gauche' },
    },
  ],
  telephone: [{ valeur: '3949', description: 'Gratuit' }],
  adresse_courriel: ['accueil@exemple.fr'],
  site_internet: [{ libelle: 'Site', valeur: 'www.pole-emploi.fr' }],
  plage_ouverture: [
    {
      ...{ nom_jour_debut: 'Lundi', nom_jour_fin: 'Jeudi', commentaire: 'sauf jours fériés' },
      ...{ valeur_heure_debut_1: '08:30:00', valeur_heure_fin_1: '12:30:00' },
      ...{ valeur_heure_debut_2: '13:15:00', valeur_heure_fin_2: '16:30:00' },
    },
  ],
  siren: '130005481',
  siret: '13000548112345',
  affectation_personne: [{ personne: { nom: 'DURAND' } }],
  date_modification: '31/12/2025 23:59:59',
  version_source: 'DILA',
};

const map = (changes: object) => annuaireInput.map({ ...service, ...changes }, 1);
const row = (changes: object) => map(changes).rows[0];

test('a record becomes one row, without the names of officials', () => {
  expect(map({})).toEqual({
    rows: [
      {
        uuid: '528ec072-1427-5e8a-b747-131251cdaea3',
        name: 'Pôle emploi de Bapaume',
        old_code: 'pole_emploi-62080-01',
        pivots: ['pole_emploi'],
        serves: [],
        commune_code: '62080',
        latitude: 50.1055533,
        longitude: 2.8518315,
        address: {
          lines: ['6 rue de Douai', 'BP 81'],
          postalCode: '62453',
          city: 'Bapaume Cedex',
          country: null,
        },
        postal_address: null,
        phones: [{ value: '3949', purpose: 'Gratuit' }],
        emails: [{ value: 'accueil@exemple.fr', purpose: null }],
        websites: [{ value: 'http://www.pole-emploi.fr', purpose: 'Site' }],
        opening: [
          { ...monThu, opens: '08:30', closes: '12:30' },
          { ...monThu, opens: '13:15', closes: '16:30' },
        ],
        opening_note: null,
        accessibility: 'ON_REQUEST',
        accessibility_note: 'Sonner à la porte de gauche',
        information: null,
        siren: '130005481',
        siret: '13000548112345',
        modified_on: '2025-12-31',
        origin: 'DILA',
      },
    ],
    problems: [],
  });
  expect(JSON.stringify(map({}))).not.toContain('DURAND');
});
const monThu = { channel: 'COUNTER', kind: 'OPEN', days: [1, 2, 3, 4], comment: 'sauf jours fériés' };

test('the API variant, nested fields as JSON strings, gives the same row', () => {
  const nested = [
    'pivot',
    'adresse',
    'telephone',
    'site_internet',
    'plage_ouverture',
    'affectation_personne',
  ];
  const entries = Object.entries(service).map(([key, value]) =>
    nested.includes(key) ? [key, JSON.stringify(value)] : [key, value],
  );
  const variant = { ...Object.fromEntries(entries), adresse_courriel: 'accueil@exemple.fr' };
  expect(annuaireInput.map(variant, 1)).toEqual(map({}));
});

test('a pivot of several communes says whom the site serves', () => {
  const pivot = [{ type_service_local: 'caf', code_insee_commune: ['62080', '62041', '62080', 'x'] }];
  expect(row({ pivot })).toMatchObject({ serves: [{ pivot: 'caf', communes: ['62080', '62041'] }] });
});

test('an instant is dated in Paris', () => {
  expect(row({ date_modification: '2025-06-30T22:30:00+00:00' })).toMatchObject({
    modified_on: '2025-07-01',
  });
});

test('a week that ends before it begins goes over Sunday', () => {
  const plage_ouverture = [
    { ...service.plage_ouverture[0], nom_jour_debut: 'Samedi', nom_jour_fin: 'Lundi' },
  ];
  expect(row({ plage_ouverture })?.['opening']).toMatchObject([{ days: [1, 6, 7] }, { days: [1, 6, 7] }]);
});

test('text may hold a raw line separator', () => {
  expect(row({ nom: 'Caf\u2028accueil' })).toMatchObject({ name: 'Caf\u2028accueil' });
});

describe('records that cannot be kept', () => {
  test.each([
    ['no id', { id: '' }, 'BAD_CODE', 'REJECTED'],
    ['an id that is no UUID', { id: 'caf-62080-01' }, 'BAD_CODE', 'REJECTED'],
    ['no name', { nom: '   ' }, 'REQUIRED', 'REJECTED'],
    ['a nested field of broken JSON', { adresse: '[{"code_postal":' }, 'BAD_JSON', 'REJECTED'],
    ['no pivot and no former code', { pivot: [], ancien_code_pivot: '' }, 'NO_PIVOT', 'QUARANTINED'],
  ])('%s', (_case, changes, code, severity) => {
    expect(map(changes)).toMatchObject({ rows: [], problems: [{ code, severity }] });
  });
});

describe('values that are dropped with a notice, the record kept', () => {
  const address = (changes: object) => ({ adresse: [{ ...service.adresse[0], ...changes }] });
  test.each([
    ['latitude beyond the pole', address({ latitude: '95' }), 'BAD_COORDINATES', { latitude: null }],
    ['longitude in words', address({ longitude: 'est' }), 'BAD_COORDINATES', { longitude: null }],
    ['null island', address({ latitude: '0', longitude: '0' }), 'BAD_COORDINATES', { latitude: null }],
    ['unknown accessibility', address({ accessibilite: 'OUI' }), 'NOT_ALLOWED', { accessibility: null }],
    ['a SIREN of letters', { siren: 'ABC123456' }, 'BAD_CODE', { siren: null }],
    ['a SIRET too short', { siret: '1300054811' }, 'BAD_CODE', { siret: null }],
    [
      'the 31st of February',
      { date_modification: '31/02/2025 10:00:00' },
      'NOT_A_DATE',
      { modified_on: null },
    ],
    ['a date in words', { date_modification: 'hier' }, 'NOT_A_DATE', { modified_on: null }],
    ['a phone in words', { telephone: [{ valeur: 'voir la mairie' }] }, 'BAD_CONTACT', { phones: [] }],
    [
      'a script for a website',
      { site_internet: [{ valeur: 'javascript:alert(1)' }] },
      'BAD_CONTACT',
      { websites: [] },
    ],
    ['an e-mail without a domain', { adresse_courriel: ['accueil@'] }, 'BAD_CONTACT', { emails: [] }],
    ['a commune code of letters', { code_insee_commune: 'ABCDE' }, 'BAD_CODE', { commune_code: '62080' }],
    [
      'an hour after the next one',
      {
        plage_ouverture: [
          { nom_jour_debut: 'Lundi', valeur_heure_debut_1: '12:00:00', valeur_heure_fin_1: '09:00:00' },
        ],
      },
      'BAD_OPENING',
      { opening: [] },
    ],
    [
      'an hour after the end of the day',
      {
        plage_ouverture: [
          { nom_jour_debut: 'Lundi', valeur_heure_debut_1: '09:00:00', valeur_heure_fin_1: '24:30:00' },
        ],
      },
      'BAD_OPENING',
      { opening: [] },
    ],
    [
      'a day that does not exist',
      { plage_ouverture: [{ nom_jour_debut: 'Lundredi' }] },
      'BAD_OPENING',
      { opening: [] },
    ],
  ])('%s', (_case, changes, code, kept) => {
    expect(map(changes)).toMatchObject({ rows: [kept], problems: [{ code, severity: 'NOTICE' }] });
  });
});
