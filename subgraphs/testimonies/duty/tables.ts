import type { Generated } from 'kysely';

/** In how many days a network undertakes to reply; one present value, to which every delay is held. */
export interface DutyRow {
  network_id: string;
  days: number;
  /** Who says so: a text, a decision, the demonstration set. */
  source: string;
  /** First day of the undertaking, where it is known. */
  since: string | null;
  version: Generated<number>;
  /** When it was set through the graph; null when it is as a file said. */
  written_at: Date | null;
  import_id: string | null;
  import_row: number | null;
}
