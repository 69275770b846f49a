import { type Kysely, sql } from 'kysely';
import { type Slice, type Sorted, type SortOrder, slices, text } from '../keyset.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import {
  type Commitment,
  type CommitmentDisplay,
  type Correspondence,
  type DisplayKey,
  displayKey,
  type NetworkCommitment,
} from './commitment.ts';

type Database = Kysely<AdministrationsDatabase>;

const COLUMNS = [
  'commitment.id',
  'commitment.version',
  'commitment.code',
  'commitment.position',
  'commitment.title',
  'commitment.short_title as shortTitle',
  'commitment.heading',
  'commitment.source',
] as const;

/** Those of the ids that exist. */
export function commitmentsById(db: Database, ids: readonly string[]): Promise<Commitment[]> {
  return db
    .selectFrom('administrations.commitment as commitment')
    .select(COLUMNS)
    .where(sql<boolean>`commitment.id = any(${ids})`)
    .execute();
}

/** One version, or both with the newest first, in their official order. */
export function listCommitments(db: Database, version: string | null): Promise<Commitment[]> {
  return db
    .selectFrom('administrations.commitment as commitment')
    .select(COLUMNS)
    .where(version === null ? sql<boolean>`true` : sql<boolean>`commitment.version = ${version}`)
    .orderBy('commitment.version', 'desc')
    .orderBy('commitment.position')
    .execute();
}

/** What each commitment became, or where it comes from; read both ways. */
export async function correspondences(db: Database, ids: readonly string[]): Promise<Correspondence[]> {
  const { rows } = await sql<Correspondence>`
    select pair.of_id as "ofId", pair.other_id as "commitmentId", pair.merged
    from (
      select from_id as of_id, to_id as other_id, merged from administrations.commitment_correspondence
      union all
      select to_id, from_id, merged from administrations.commitment_correspondence
    ) pair join administrations.commitment other on other.id = pair.other_id
    where pair.of_id = any(${ids}) order by pair.of_id, other.version, other.position`.execute(db);
  return rows;
}

const WORDING = sql`own.network_id as "networkId", own.commitment_id as "commitmentId", own.wording,
  own.valid_from as "validFrom", own.version, own.written_at as "writtenAt", own.import_id as "importId"`;

/** The commitments of each network in its own words, newest version first, in their official order. */
export async function wordingsOfNetworks(db: Database, ids: readonly string[]): Promise<NetworkCommitment[]> {
  const { rows } = await sql<NetworkCommitment>`
    select ${WORDING} from administrations.network_commitment own
    join administrations.commitment commitment on commitment.id = own.commitment_id
    where own.network_id = any(${ids})
    order by own.network_id, commitment.version desc, commitment.position`.execute(db);
  return rows;
}

/** The words of a network for a commitment. */
export async function wordingsByKey(
  db: Database,
  asked: readonly DisplayKey[],
): Promise<NetworkCommitment[]> {
  const { rows } = await sql<NetworkCommitment>`
    select ${WORDING} from ${keys(asked)}
    join administrations.network_commitment own using (network_id, commitment_id)`.execute(db);
  return rows;
}

/** How networks word each commitment, by network name. */
export async function wordingsOfCommitments(
  db: Database,
  ids: readonly string[],
): Promise<NetworkCommitment[]> {
  const { rows } = await sql<NetworkCommitment>`
    select ${WORDING} from administrations.network_commitment own
    join directory.network network on network.id = own.network_id
    where own.commitment_id = any(${ids})
    order by own.commitment_id, directory.label_key(network.name), own.network_id`.execute(db);
  return rows;
}

const DISPLAY = sql`display.id, display.network_id as "networkId", display.commitment_id as "commitmentId",
  display.site_id as "siteId", display.place, display.url, display.since, display.import_id as "importId"`;

/** What each site displays, newest version first, in the official order of the commitments. */
export async function displaysOfSites(
  db: Database,
  sites: readonly string[],
): Promise<(CommitmentDisplay & { siteId: string })[]> {
  const { rows } = await sql<CommitmentDisplay & { siteId: string }>`
    select ${DISPLAY} from administrations.commitment_display display
    join administrations.commitment commitment on commitment.id = display.commitment_id
    where display.site_id = any(${sites})
    order by display.site_id, commitment.version desc, commitment.position, display.id`.execute(db);
  return rows;
}

const BY_ID: SortOrder = { columns: [text(sql`display.id`)] };
const keys = (asked: readonly DisplayKey[]) => sql`unnest(
  ${asked.map(displayKey)}::text[], ${asked.map(({ networkId }) => networkId)}::text[],
  ${asked.map(({ commitmentId }) => commitmentId)}::text[]) as scope (id, network_id, commitment_id)`;

/** A slice of where each network shows each commitment, by id. */
export async function displaysOfNetworks(
  db: Database,
  asked: readonly DisplayKey[],
  slice: Slice,
): Promise<(CommitmentDisplay & Sorted)[]> {
  const { rows } = await slices<CommitmentDisplay>({
    scopes: keys(asked),
    columns: DISPLAY,
    rows: sql`administrations.commitment_display display
      where display.network_id = scope.network_id and display.commitment_id = scope.commitment_id`,
    by: BY_ID,
    slice,
  }).execute(db);
  return rows;
}

/** In how many places each network shows each commitment. */
export async function countDisplays(
  db: Database,
  asked: readonly DisplayKey[],
): Promise<(DisplayKey & { count: number })[]> {
  const { rows } = await sql<DisplayKey & { count: number }>`
    select scope.network_id as "networkId", scope.commitment_id as "commitmentId", count(*)::int as count
    from ${keys(asked)} join administrations.commitment_display display
      on display.network_id = scope.network_id and display.commitment_id = scope.commitment_id
    group by 1, 2`.execute(db);
  return rows;
}
