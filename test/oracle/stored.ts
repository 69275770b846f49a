const GROUP = { network_id: 'varchar', indicator_id: 'varchar', version: 'integer', period: 'varchar' };

/** As periods are asked for. */
const PERIOD = `
  case period_grain when 'YEAR' then to_char(period_start, 'YYYY') when 'QUARTER' then to_char(period_start, 'YYYY-"T"Q')
    when 'MONTH' then to_char(period_start, 'YYYY-MM')
    else to_char(period_start, 'YYYY-"S"') || (extract(quarter from period_start)::integer + 1) / 2 end`;

/** What a ranking is made of: distinct values from the lowest on, and how many units have at most each. */
const SET = { units: 'bigint', median: 'decimal(18, 7)', rising: 'varchar', up_to: 'varchar' };
const LISTS = `units, median, array_to_string(values_ascending, ' '), array_to_string(units_up_to, ' ')`;

/**
 * What the hub derived, as it stands: what is withheld is asked of it, figures by typology are in no query of the graph,
 * and of all units the graph would give too many pages.
 */
export const STORED = {
  figure_flag: {
    columns: {
      ...GROUP,
      territory_id: 'varchar',
      typology_id: 'varchar',
      basis: 'varchar',
      suppressed: 'varchar',
      value: 'decimal(18, 6)',
      publishing: 'bigint',
      expected: 'bigint',
    },
    query: `
      select network_id, indicator_id, definition_version, ${PERIOD}, territory_id, typology_id, basis, suppressed,
             value, publishing, expected from indicators.figure`,
  },
  published_unit: {
    columns: { ...GROUP, subject_id: 'varchar', value: 'decimal(18, 6)' },
    query: `
      select network_id, indicator_id, definition_version, ${PERIOD}, subject_id, value
        from indicators.published_result where is_unit`,
  },
  stored_spread: {
    columns: { ...GROUP, ...SET, lowest_id: 'varchar', highest_id: 'varchar' },
    query: `
      select network_id, indicator_id, definition_version, ${PERIOD}, ${LISTS}, lowest_subject_id, highest_subject_id
        from indicators.spread`,
  },
  stored_peers: {
    columns: {
      ...GROUP,
      ...SET,
      density: 'varchar',
      volume: 'varchar',
      volume_of: 'varchar',
      medium_from: 'decimal(18, 6)',
      large_from: 'decimal(18, 6)',
    },
    query: `
      select network_id, indicator_id, definition_version, ${PERIOD}, ${LISTS}, density, volume, volume_of, medium_from,
             large_from from indicators.peer_group`,
  },
} as const;
