import { type Kysely, sql } from 'kysely';
import type { Density, Setting } from '../../../kernel/surroundings.ts';
import type { GroupKey } from '../comparison/group.ts';
import { groups, inGroup } from '../comparison/spread.query.ts';
import { FIGURE_COLUMNS, type FigureRow } from '../figure/figure.row.ts';
import type { IndicatorsTables } from '../tables.ts';

/** The figure of the nation's places of a setting or of a density: of no territory by itself. */
export interface SettingRow extends FigureRow {
  place: Setting | Density;
}

/** Figures by setting and density of groups, in one statement. */
export async function settingFigures(
  db: Kysely<IndicatorsTables>,
  keys: readonly GroupKey[],
): Promise<SettingRow[]> {
  const { rows } = await sql<SettingRow>`
    with k as (
      select * from unnest(${groups(keys)}) as k (network_id, indicator_id, version, grain, start)
    ), f as (
      select s.*, null::text as territory_id
        from k join indicators.setting_figure s on ${inGroup('s')})
    select f.place, ${FIGURE_COLUMNS} from f`.execute(db);
  return rows.map((row) => ({ ...row, subject_kind: null }));
}
