import type { ColumnType, Generated } from 'kysely';
import type { connect } from '../../kernel/postgres/database.ts';
import type { ViewerRole } from '../../kernel/viewer.ts';

/** Rows of the schema `gateway` as PostgreSQL gives them; `tables.db.test.ts` compares them with the real columns. */
export interface GatewayDatabase {
  'gateway.api_key': ApiKeyTable;
  'gateway.member': MemberTable;
  'gateway.daily_use': DailyUseTable;
  'gateway.revision': { only_row: Generated<boolean>; number: string };
  'gateway.change': { xid: string; domain: string };
  'gateway.change_forgotten': { only_row: Generated<boolean>; before: string };
  'gateway.reader': { id: string; trusts_ms: number; until: Date };
}

/** Connections to the schema, in one of its roles. */
export type GatewayDb = ReturnType<typeof connect<GatewayDatabase>>;

/** A key of a program; revoked ones stay, with their date. */
export interface ApiKeyTable extends ScopeColumns {
  id: string;
  secret_sha256: Buffer;
  daily_quota: number | null;
  created_at: Generated<Date>;
  expires_at: Date | null;
  revoked_at: ColumnType<Date | null, never, Date>;
}

/** What a person may do, from one grant to the next. */
export interface MemberTable extends ScopeColumns {
  issuer: string;
  subject: string;
  granted_at: Generated<Date>;
  revoked_at: ColumnType<Date | null, never, Date>;
}

/** What keys and members have in common. */
export interface ScopeColumns {
  role: ViewerRole;
  network_id: string | null;
  structure_id: string | null;
  /** Who it was given to, for those who administer the hub. */
  label: string;
}

/** Requests of a key in one UTC day. */
export interface DailyUseTable {
  key_id: string;
  day: string;
  requests: string;
  last_used_at: Date;
}
