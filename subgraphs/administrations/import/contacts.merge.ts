import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { type ColumnOptions, column } from '../../../kernel/import/column.ts';
import { oneOf, text } from '../../../kernel/import/columns.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { rejected } from '../../../kernel/import/problem.ts';
import { siteId, unknownSite } from '../../../kernel/import/resolve.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { closingHour, daysBetween, hour } from './annuaire.contact.ts';
import { siteContact } from './entities.ts';
import { written } from './written.ts';

const DAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

/** Days of the week, « lun-ven », « lun,mer,sam » or « 1-5 », kept as a JSON list from Monday = 1. */
function weekDays(cell: string): number[] | null {
  const day = (name: string) => {
    const isDay = (full: string) => full === name || full.slice(0, 3) === name.replace(/\.$/, '');
    const number = /^[1-7]$/.test(name) ? Number(name) : DAYS.findIndex(isDay) + 1;
    return number === 0 ? null : number;
  };
  const days = new Set<number>();
  for (const part of cell.toLowerCase().split(/[,\s]+/)) {
    const [first, last, ...more] = part.split('-').map(day);
    if (first === undefined || first === null || last === null || more.length > 0) return null;
    for (const each of daysBetween(first, last ?? first)) days.add(each);
  }
  return [...days].sort();
}

const days = (options: ColumnOptions<false>) =>
  column(options, 'text', (cell) => {
    const found = weekDays(cell);
    if (found !== null) return JSON.stringify(found);
    return { code: 'NOT_ALLOWED', message: 'expected days such as lun-ven, or 1-5' };
  });
const time = (options: ColumnOptions<false>, read: (cell: string) => string | null, expected: string) =>
  column(options, 'text', (cell) => read(cell) ?? { code: 'NOT_ALLOWED', message: `expected ${expected}` });

const HOURS = new Set(['OPEN', 'BUSY', 'QUIET']);

/**
 * What the contact duty asks beyond the State directory: one line per item. The lines of a site replace what
 * was known of it; the directory's own contacts stay.
 */
export const contacts = defineFeed({
  name: 'contacts',
  subgraph: 'administrations',
  description:
    'How to get there, busy and quiet hours, mediators and support of sites, given by the networks',
  input: sheet({
    columns: {
      site: text({ header: 'site', required: true, max: 120 }),
      kind: oneOf({
        header: 'rubrique',
        required: true,
        labels: {
          acces: 'DIRECTIONS',
          ouverture: 'OPEN',
          affluence: 'BUSY',
          'heures creuses': 'QUIET',
          telephone: 'PHONE_NUMBER',
          courriel: 'EMAIL',
          mediateur: 'MEDIATOR',
          accompagnement: 'ACCOMPANIMENT',
          numerique: 'DIGITAL',
          langues: 'LANGUAGE',
          itinerance: 'ITINERANT',
          urgence: 'URGENT',
          droits: 'RIGHTS',
        },
      }),
      channel: oneOf({ header: 'canal', labels: { accueil: 'COUNTER', telephone: 'PHONE' } }),
      days: days({ header: 'jours' }),
      opens: time({ header: 'debut' }, hour, 'an hour such as 9:00 or 9h30'),
      closes: time({ header: 'fin' }, closingHour, 'an hour such as 17:00 or 17h30, 24:00 at the latest'),
      value: text({ header: 'valeur', max: 2000 }),
      purpose: text({ header: 'objet', max: 500 }),
      languages: text({ header: 'codes_langues', max: 200 }),
      phone: text({ header: 'telephone', max: 40 }),
      email: text({ header: 'courriel', max: 200 }),
      website: text({ header: 'site_internet', max: 500 }),
    },
    rule(row) {
      if (!HOURS.has(row.kind ?? '')) {
        return row.value === null
          ? [rejected('valeur', 'REQUIRED', 'expected a value for this item', '')]
          : [];
      }
      if (row.days === null || row.opens === null || row.closes === null || row.opens >= row.closes) {
        return [rejected('debut', 'REQUIRED', 'expected days, and an hour before another', row.opens)];
      }
      return [];
    },
  }),
  scope: () => 'all',
  async check(trx) {
    await reportRows(trx, unknownSite);
  },
  async merge(trx, { importId }) {
    const item = sql`select s.*, ${siteId(sql`s.site`)} as site_id from import_row s`;
    await captureBefore(trx, importId, siteContact, sql`select distinct site_id from (${item}) i`);
    const point = sql`jsonb_build_object('value', value, 'purpose', purpose)`;
    const listOf = (element: ReturnType<typeof sql>, kinds: readonly string[]) => sql`
      coalesce(jsonb_agg(${element} order by line) filter (where kind = any (${[...kinds]}::text[])), '[]')`;
    const opening = sql`jsonb_build_object('channel', coalesce(channel, 'COUNTER'), 'kind', kind,
      'days', days::jsonb, 'opens', opens, 'closes', closes, 'comment', coalesce(value, purpose))`;
    const mediator = sql`jsonb_build_object('name', value, 'role', purpose, 'phone', phone, 'email', email,
      'website', website)`;
    const offer = sql`jsonb_build_object('kind', kind, 'description', value, 'languages',
      coalesce(to_jsonb(regexp_split_to_array(nullif(trim(languages), ''), '[,[:space:]]+')), '[]'))`;
    const support = ['ACCOMPANIMENT', 'DIGITAL', 'LANGUAGE', 'ITINERANT', 'URGENT', 'RIGHTS'];
    return written(
      trx,
      sql`
        insert into administrations.site_contact as t (site_id, directions, phones, emails, opening, mediators,
          support, import_id, import_row)
        select site_id, string_agg(value, E'\n' order by line) filter (where kind = 'DIRECTIONS'),
          ${listOf(point, ['PHONE_NUMBER'])}, ${listOf(point, ['EMAIL'])}, ${listOf(opening, [...HOURS])},
          ${listOf(mediator, ['MEDIATOR'])}, ${listOf(offer, support)}, ${importId}::uuid, min(line)
        from (${item}) i group by site_id
        on conflict (site_id) do update set directions = excluded.directions, phones = excluded.phones,
          emails = excluded.emails, opening = excluded.opening, mediators = excluded.mediators,
          support = excluded.support, import_id = excluded.import_id, import_row = excluded.import_row
        where (t.directions, t.phones, t.emails, t.opening, t.mediators, t.support)
          is distinct from (excluded.directions, excluded.phones, excluded.emails, excluded.opening,
            excluded.mediators, excluded.support)
        returning xmax = 0 as is_new`,
    );
  },
  entities: [siteContact],
});
