import { type Kysely, type RawBuilder, sql } from 'kysely';
import { CONTACT_ITEMS, type ContactItem } from '../site/completeness.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { sitesOf, type Where } from './scope.ts';

/** How the sites of a scope keep the contact duty. */
export interface ContactDuty {
  /** Open sites of the scope. */
  sites: number;
  /** Those that publish every item. */
  complete: number;
  /** How many publish each item. */
  items: Record<ContactItem, number>;
}

const some = (list: RawBuilder<unknown>) => sql`jsonb_array_length(${list}) > 0`;
const phones = sql`(detail.phones || coalesce(contact.phones, '[]'))`;
const emails = sql`(detail.emails || coalesce(contact.emails, '[]'))`;
const opening = sql`(detail.opening || coalesce(contact.opening, '[]'))`;
const hours = (channel: string, kind: string) =>
  sql`${opening} @> ${sql.lit(JSON.stringify([{ channel, kind }]))}::jsonb`;
const purposes = (list: RawBuilder<unknown>) => sql`
  ${some(list)} and not exists (
    select from jsonb_array_elements(${list}) point where coalesce(point ->> 'purpose', '') = '')`;

/** The rules of `contactCompleteness` over rows of the database; a test holds the two together. */
const HAS: Record<ContactItem, RawBuilder<unknown>> = {
  PHONES: some(phones),
  PHONE_PURPOSES: purposes(phones),
  EMAILS: some(emails),
  EMAIL_PURPOSES: purposes(emails),
  ADDRESS: sql`detail.address is not null or detail.postal_address is not null`,
  DIRECTIONS: sql`coalesce(contact.directions, '') <> ''`,
  COUNTER_HOURS: sql`${hours('COUNTER', 'OPEN')} or coalesce(detail.opening_note, '') <> ''`,
  COUNTER_BUSY_HOURS: hours('COUNTER', 'BUSY'),
  COUNTER_QUIET_HOURS: hours('COUNTER', 'QUIET'),
  PHONE_HOURS: hours('PHONE', 'OPEN'),
  PHONE_BUSY_HOURS: hours('PHONE', 'BUSY'),
  PHONE_QUIET_HOURS: hours('PHONE', 'QUIET'),
  MEDIATORS: some(sql`coalesce(contact.mediators, '[]')`),
};

/** Counts, over the open sites of a scope, what each publishes of what commitment 2 obliges it to. */
export async function contactDuty(db: Kysely<AdministrationsDatabase>, where: Where): Promise<ContactDuty> {
  const columns = CONTACT_ITEMS.map((item) => sql`(${HAS[item]}) as ${sql.id(item)}`);
  const counts = CONTACT_ITEMS.map(
    (item) => sql`${sql.lit(item)}, count(*) filter (where kept.${sql.id(item)})`,
  );
  const all = CONTACT_ITEMS.map((item) => sql`kept.${sql.id(item)}`);
  const { rows } = await sql<ContactDuty>`
    select count(*)::int as sites, count(*) filter (where ${sql.join(all, sql` and `)})::int as complete,
      jsonb_build_object(${sql.join(counts)}) as items
    from directory.site site
    left join administrations.site_detail detail on detail.site_id = site.id
    left join administrations.site_contact contact on contact.site_id = site.id
    -- Without a record of the directory, nothing is published.
    left join lateral (select ${sql.join(columns)} where detail.site_id is not null) kept on true
    where ${sitesOf(where)}`.execute(db);
  const [counted] = rows;
  if (!counted) throw new Error('A count without group gives one row.');
  return counted;
}
