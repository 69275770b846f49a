import type { Density, Setting } from '../../../kernel/surroundings.ts';
import type { FigureTable } from '../tables.ts';

/** Figures of the nation's places of a setting or of a density. */
export interface SettingFigureTable extends Omit<FigureTable, 'typology_id' | 'level' | 'territory_id'> {
  place: Setting | Density;
}
