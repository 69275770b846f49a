import type { Generated } from 'kysely';

/** A change of a wording; numbers rise in the order of the commits. */
export interface WordingChangeTable {
  number: string;
  network_id: string;
  commitment_id: string;
  kind: 'CREATED' | 'CHANGED' | 'CLOSED';
  /** Of the wording, after the change. */
  version: number;
  at: Generated<Date>;
}

/** A row of reference data that an import created or changed. */
export interface ImportedChangeView {
  import_id: string;
  /** Name of the entity in the journal, such as `site_detail`. */
  entity: string;
  /** Its key, parts joined by `|`. */
  entity_id: string;
  is_new: boolean;
}
