import { sql } from 'kysely';
import { date, double, type ExportColumn, id, text, texts } from '../../../kernel/export/column.ts';
import { booleanFilter, idFilter, idsFilter } from '../../../kernel/export/filter.ts';
import { defineExport } from '../../../kernel/export/set.ts';
import { searchOf } from '../input.ts';
import { matches } from '../site/site.query.ts';
import { administrationsState } from './state.ts';

/** A text of the address, which is kept as JSON. */
const address = (name: string) => sql`nullif(d.address ->> ${sql.lit(name)}, '')`;

/** Values of a list of `{ value, purpose }`. */
const valuesOf = (list: ReturnType<typeof sql>) =>
  sql`array(select one ->> 'value' from jsonb_array_elements(coalesce(${list}, '[]')) as one)`;

const columns: readonly ExportColumn[] = [
  id('id', 'The site.', sql`site.id`),
  text('name', 'Name.', sql`site.name`),
  id('network', 'The network that it belongs to, where the programme has one.', sql`site.network_id`),
  text('pivot', 'Its kind of place in the State directory.', sql`site.pivot`),
  texts('pivots', 'All its kinds of place, main one first.', sql`site.pivots`),
  id(
    'structure',
    'The structure that stands in it; the surest one where there are several.',
    sql`(select l.structure_id from directory.structure_site l
          where l.site_id = site.id and l.valid_to is null
          order by array_position(array['CERTAIN', 'PROBABLE', 'POSSIBLE'], l.confidence), l.structure_id limit 1)`,
  ),
  id('commune', 'Its commune of today, or municipal arrondissement; empty abroad.', sql`site.commune_id`),
  id('departement', 'Its département.', sql`site.departement_id`),
  id('region', 'Its région.', sql`site.region_id`),
  text('source_commune_code', 'INSEE code of its commune as published.', sql`site.source_commune_code`),
  text(
    'address',
    'Building, street, number or box.',
    sql`nullif(array_to_string(array(
          select line from jsonb_array_elements_text(coalesce(d.address -> 'lines', '[]')) as line), ', '), '')`,
  ),
  text('postal_code', 'Postal code.', address('postalCode')),
  text('city', 'City.', address('city')),
  text('country', 'Country, when it is not France.', address('country')),
  double('latitude', 'Latitude, in degrees (WGS 84).', sql`site.latitude`),
  double('longitude', 'Longitude, in degrees (WGS 84).', sql`site.longitude`),
  texts('phones', 'Telephone numbers.', valuesOf(sql`d.phones`)),
  texts('emails', 'E-mail addresses.', valuesOf(sql`d.emails`)),
  texts('websites', 'Pages of the web.', valuesOf(sql`d.websites`)),
  text('opening_note', 'What the directory adds to the hours.', sql`d.opening_note`),
  id(
    'accessibility',
    '`ACCESSIBLE`, `ON_REQUEST` or `NOT_ACCESSIBLE`; empty when unknown.',
    sql`d.accessibility`,
  ),
  text('siren', 'SIREN number of its organisation.', sql`d.siren`),
  text('siret', 'SIRET number of its establishment.', sql`d.siret`),
  date('valid_from', 'First day, if known.', sql`site.valid_from`),
  date('valid_to', 'Last day of a closed site.', sql`site.valid_to`),
  date('modified_on', 'Day on which the State directory last changed its record.', sql`d.modified_on`),
  text('source', 'Where its record comes from.', sql`coalesce(d.source, i.source, i.feed)`),
  text('licence', 'Under which licence.', sql`i.licence`),
];

/** Places of reception, with how to reach them. */
export const sitesExport = defineExport({
  name: 'sites',
  description: 'Places of reception, physical or remote, with how to reach them; closed ones when asked for.',
  filters: {
    networks: idsFilter('Only these networks.'),
    pivots: idsFilter('Only these kinds of place of the State directory, such as `mairie`.'),
    structures: idsFilter('Only the sites of these structures, or of those below them.'),
    territory: idFilter('Only sites in this territory.'),
    accessible: booleanFilter('Only sites known to be accessible; `false`: not, or on request.'),
    includeClosed: booleanFilter('`true`: closed sites too.'),
    search: idFilter('Words of the name, whole or in part.'),
  },
  networkFilter: 'networks',
  columns,
  openData: null,
  key: ['id'],
  source: ({ networks, pivots, structures, territory, accessible, includeClosed, search }) => ({
    from: sql`directory.site site
      left join administrations.site_detail d on d.site_id = site.id
      left join administrations.import i on i.id = d.import_id`,
    where: [
      matches({
        networks,
        pivots,
        structures,
        search: searchOf(search),
        accessible,
        includeClosed: includeClosed ?? false,
        within: territory,
      }),
    ],
  }),
  // A site may have no network and no territory: no filter names them all.
  partitions: {},
  state: administrationsState,
});
