import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { country, siteId } from '../fixtures/country.ts';
import { CONTACT_ITEMS, contactCompleteness } from '../site/completeness.ts';
import { siteDetails } from '../site/site-detail.query.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { contactDuty } from './contact-duty.query.ts';

const SITES = 120;
const ids = Array.from({ length: SITES }, (_, index) => siteId(String(1000 + index)));

const points = fc.array(
  fc.record({ value: fc.constant('3949'), purpose: fc.constantFrom(null, '', 'Rendez-vous') }),
  { maxLength: 2 },
);
const opening = fc.array(
  fc.record({
    channel: fc.constantFrom('COUNTER' as const, 'PHONE' as const),
    kind: fc.constantFrom('OPEN' as const, 'BUSY' as const, 'QUIET' as const),
    days: fc.constant<number[]>([1]),
    opens: fc.constant('09:00'),
    closes: fc.constant('12:00'),
    comment: fc.constant(null),
  }),
  { maxLength: 5 },
);
const address = fc.constantFrom(null, {
  lines: ['1 rue'],
  postalCode: '62000',
  city: 'Arras',
  country: null,
});
const detail = fc.record({
  phones: points,
  emails: points,
  opening,
  address,
  postal_address: address,
  opening_note: fc.constantFrom(null, '', 'Sur rendez-vous'),
});
const contact = fc.record({
  phones: points,
  emails: points,
  opening,
  directions: fc.constantFrom(null, '', 'Bus 3'),
  mediators: fc.constantFrom([], [{ name: 'M', role: null, phone: null, email: null, website: null }]),
});

/** An empty list is what the table has when nothing is said. */
const said = <T extends object>(row: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(row).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  ) as Partial<T>;

test('sites are counted by the rules that a site is judged by', async () => {
  const database = await testDatabase();
  const owner = database.connect<AdministrationsDatabase>('administrations', 'owner');
  const story = country();
  const details = fc.sample(detail, { numRuns: SITES, seed: 7 });
  const contacts = fc.sample(contact, { numRuns: SITES, seed: 8 });
  for (const [index, id] of ids.entries()) {
    story.site(id, { network_id: 'NET-ants', commune_id: 'COM-62041' }, said(details[index] ?? {}));
    if (index % 3 > 0) story.contact(id, said(contacts[index] ?? {}));
  }
  await story.save(owner);
  // One without a record of the directory, one that is closed.
  await sql`delete from administrations.site_detail where site_id = ${ids[1] ?? ''}`.execute(owner);
  await sql`update directory.site set valid_to = '2020-01-01' where id = ${ids[2] ?? ''}`.execute(owner);
  const open = ids.filter((_, index) => index !== 2);
  const records = new Map((await siteDetails(owner, open)).map((row) => [row.siteId, row]));
  const judged = open.map((id) => contactCompleteness(records.get(id) ?? null));
  const counted = await contactDuty(owner, { network: 'NET-ants', place: 'DEP-62' });
  expect(counted).toEqual({
    sites: open.length,
    complete: judged.filter(({ missing }) => missing.length === 0).length,
    items: Object.fromEntries(
      CONTACT_ITEMS.map((item) => [item, judged.filter(({ present }) => present.includes(item)).length]),
    ),
  });
  // Every item is there at some sites and missing at others: the comparison says something.
  for (const item of CONTACT_ITEMS) {
    expect(counted.items[item]).toBeGreaterThan(0);
    expect(counted.items[item]).toBeLessThan(open.length);
  }
});
