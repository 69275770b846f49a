/** Rows of the panel of testers, as PostgreSQL gives them; see the migration of testers. */
export interface PanelTables {
  'simplification.tester': TesterTable;
  'simplification.panel': PanelRow;
}

export const AGE_BANDS = ['UNDER_25', 'FROM_25_TO_39', 'FROM_40_TO_59', 'FROM_60_TO_74', 'FROM_75'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

export const DIGITAL_EASES = ['AUTONOMOUS', 'WITH_HELP', 'REMOTE'] as const;
export type DigitalEase = (typeof DIGITAL_EASES)[number];

/** What may be said of a tester; null where the volunteer did not say. */
export interface Profile {
  departement_id: string | null;
  age_band: AgeBand | null;
  digital_ease: DigitalEase | null;
}

/** A volunteer, whom only the recruiting portal knows. */
export interface TesterTable extends Profile {
  id: string;
  reference: string;
  /** Subject of the portal that recruited. */
  enrolled_by: string;
  consent: string;
  consented_on: string;
  last_solicited_at: Date | null;
  earlier_solicited_at: Date | null;
}

/** How many testers have a profile; never which. */
export interface PanelRow extends Profile {
  members: number;
  /** Those that may be solicited now. */
  available: number;
}
