import { sql } from 'kysely';
import { id, integer, timestamp } from '../../../kernel/export/column.ts';
import { choicesFilter, idFilter, idsFilter } from '../../../kernel/export/filter.ts';
import { defineExport, when } from '../../../kernel/export/set.ts';
import { measuredColumns, sourceColumns, valueColumns } from './parts.columns.ts';
import { inPeriod, labelSql, periodFilters } from './period.ts';
import { indicatorsState } from './state.ts';

/** What results come to in départements, régions and the nation: one row per figure, all typologies together. */
export const figuresExport = defineExport({
  name: 'figures',
  description:
    'Figures of territories, published or computed: one row per territory, indicator, network and period.',
  filters: {
    networks: idsFilter('Only these networks.'),
    indicators: idsFilter('Only these indicators.'),
    territory: idFilter('Only this territory and those in it.'),
    levels: choicesFilter('Only these levels:', ['DEPARTEMENT', 'REGION', 'NATIONAL']),
    ...periodFilters,
  },
  networkFilter: 'networks',
  columns: [
    ...measuredColumns('f'),
    id('level', '`DEPARTEMENT`, `REGION` or `NATIONAL`.', sql.ref('f.level')),
    id('territory', 'The territory.', sql.ref('f.territory_id')),
    ...valueColumns('f'),
    id('basis', '`PUBLISHED`, `COMPUTED_WEIGHTED` or `COMPUTED_UNWEIGHTED`.', sql.ref('f.basis')),
    integer('publishing', 'Units of the territory that are behind it.', sql.ref('f.publishing')),
    integer('expected', 'Units of the territory that should be.', sql.ref('f.expected')),
    ...sourceColumns('f'),
    timestamp(
      'imported_at',
      'When the hub took in the latest of its parts.',
      sql`coalesce(i.finished_at, i.started_at)`,
    ),
  ],
  openData: null,
  // That of the primary key.
  key: ['network', 'indicator', 'territory', 'period_start', 'period_grain', 'definition_version'],
  source: (given) => {
    const { networks, indicators, territory, levels } = given;
    return {
      from: sql`indicators.figure f join indicators.import i on i.id = f.import_id`,
      where: [
        sql`f.typology_id = ''`,
        ...when(networks, (ids) => sql`f.network_id = any(${ids}::text[])`),
        ...when(indicators, (ids) => sql`f.indicator_id = any(${ids}::text[])`),
        ...when(levels, (list) => sql`f.level = any(${list}::text[])`),
        ...when(
          territory,
          (id) => sql`(${id} = 'FR' or f.territory_id in (
            select t.id from directory.territory t where ${id}::text in (t.id, t.parent_id, t.region_id)))`,
        ),
        ...inPeriod('f', given),
      ],
    };
  },
  partitions: {
    networks: sql`f.network_id`,
    period: labelSql('f'),
  },
  state: indicatorsState,
});
