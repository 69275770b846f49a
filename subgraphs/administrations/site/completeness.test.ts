import { expect, test } from 'vitest';
import type { OpeningPeriodRow } from '../contact-shapes.ts';
import { CONTACT_ITEMS, contactCompleteness } from './completeness.ts';
import type { SiteDetail } from './site.ts';

const EMPTY: SiteDetail = {
  siteId: 'SITE-1',
  address: null,
  postalAddress: null,
  directions: null,
  phones: [],
  emails: [],
  websites: [],
  opening: [],
  openingNote: null,
  mediators: [],
  support: [],
  accessibility: null,
  accessibilityNote: null,
  information: null,
  siren: null,
  siret: null,
  modifiedOn: null,
  maintainer: null,
  importId: '',
  importRow: null,
  contactImportId: null,
  contactImportRow: null,
};

const period = (channel: OpeningPeriodRow['channel'], kind: OpeningPeriodRow['kind']): OpeningPeriodRow => ({
  channel,
  kind,
  days: [1],
  opens: '09:00',
  closes: '12:00',
  comment: null,
});

test('a site without a record, or with an empty one, misses everything', () => {
  for (const detail of [null, EMPTY]) {
    expect(contactCompleteness(detail)).toEqual({ present: [], missing: [...CONTACT_ITEMS], share: 0 });
  }
});

test('a full record misses nothing', () => {
  const full: SiteDetail = {
    ...EMPTY,
    address: { lines: ['1 rue'], postalCode: '62450', city: 'Bapaume', country: null },
    directions: 'Bus 3',
    phones: [{ value: '3949', purpose: 'Demandeurs d’emploi' }],
    emails: [{ value: 'a@b.fr', purpose: 'Employeurs' }],
    opening: (['COUNTER', 'PHONE'] as const).flatMap((channel) =>
      (['OPEN', 'BUSY', 'QUIET'] as const).map((kind) => period(channel, kind)),
    ),
    mediators: [{ name: 'Médiateur', role: null, phone: null, email: null, website: null }],
  };
  expect(contactCompleteness(full)).toEqual({ present: [...CONTACT_ITEMS], missing: [], share: 1 });
});

test.each([
  [
    'one number without purpose',
    {
      phones: [
        { value: '1', purpose: 'x' },
        { value: '2', purpose: null },
      ],
    },
    ['PHONES'],
  ],
  ['a note on the hours', { openingNote: 'Sur rendez-vous' }, ['COUNTER_HOURS']],
  ['hours of the telephone only', { opening: [period('PHONE', 'OPEN')] }, ['PHONE_HOURS']],
  [
    'a postal address only',
    { postalAddress: { lines: [], postalCode: '1', city: null, country: null } },
    ['ADDRESS'],
  ],
])('%s', (_case, change, present) => {
  const found = contactCompleteness({ ...EMPTY, ...change });
  expect(found.present).toEqual(present);
  expect(found.share).toBe(0.077);
});
