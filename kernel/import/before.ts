/** A reference table that a feed changes in place, with the columns of its key. */
export interface Entity {
  /** Name in the journal (« structure »). */
  name: string;
  /** Qualified table (« administrations.structure »). */
  table: string;
  key: readonly string[];
  /** What to do with rows that the undone import created; default: delete them. */
  onNew?: 'delete' | 'keep';
}
