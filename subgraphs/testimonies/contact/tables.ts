import type { ColumnType, GeneratedAlways } from 'kysely';

/** Rows of the schema `contacts`, which no subgraph's own role may look into. */
export interface ContactsDatabase {
  'contacts.contact': ContactRow;
  'contacts.access': AccessRow;
}

/** Contact details of the author of a testimony, as `vault.ts` seals them. */
export interface ContactRow {
  testimony_id: string;
  key_id: string;
  nonce: Buffer;
  ciphertext: Buffer;
  email_index: Buffer;
  consent: string;
  consent_at: Date;
  retention_until: string;
}

/** Who looked at or erased contact details, without any of them. */
export interface AccessRow {
  id: GeneratedAlways<string>;
  at: ColumnType<Date, never, never>;
  /** `person:…` or `key:…` as the gateway knows them, or `operator` for the command line. */
  actor: string;
  action: 'READ' | 'ERASED' | 'PURGED';
  testimony_id: string;
}
