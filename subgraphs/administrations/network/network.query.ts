import { type Kysely, sql } from 'kysely';
import type { AdministrationsDatabase } from '../tables.ts';
import type { Ministry, Network, NetworkSearch, Pivot, Typology } from './network.ts';

type Database = Kysely<AdministrationsDatabase>;

const COLUMNS = [
  'network.id',
  'network.code',
  'network.name',
  'network.ministry_id as ministryId',
  'network.finest_level as finestLevel',
  'network.has_ivr as hasIvr',
  'network.counts_in_transparency as countsInTransparency',
  'network.valid_from as validFrom',
  'network.valid_to as validTo',
  'network.successor_id as successorId',
] as const;

/** Those of the ids that exist, closed networks included, in any order. */
export function networksById(db: Database, ids: readonly string[]): Promise<Network[]> {
  return db
    .selectFrom('directory.network as network')
    .select(COLUMNS)
    .where(sql<boolean>`network.id = any(${ids})`)
    .execute();
}

/** The networks that match, in the order asked; `search` looks at every label that feeds give a network. */
export function searchNetworks(db: Database, criteria: NetworkSearch): Promise<Network[]> {
  const { ids, ministry, finestLevel, search, includeClosed, order } = criteria;
  let query = db.selectFrom('directory.network as network').select(COLUMNS);
  if (!includeClosed) query = query.where('network.valid_to', 'is', null);
  if (ids !== null) query = query.where(sql<boolean>`network.id = any(${ids})`);
  if (ministry !== null) query = query.where('network.ministry_id', '=', ministry);
  if (finestLevel !== null) query = query.where('network.finest_level', '=', finestLevel);
  if (search !== null) query = query.where(isCalled(search));
  return query
    .orderBy(order === 'CODE_ASC' ? sql`network.code collate "C"` : sql`directory.label_key(network.name)`)
    .orderBy('network.id')
    .execute();
}

/** The words of the search, one after the other, in its name, its code or one of its labels. */
const isCalled = (search: string) => sql<boolean>`exists (
  select 1 from (select directory.label_key(${search}::text) as wanted) asked
  where wanted <> '' and (
    strpos(directory.label_key(network.name), wanted) > 0
    or strpos(directory.label_key(network.code), wanted) > 0
    or exists (
      select 1 from directory.network_alias alias
      where alias.network_id = network.id and strpos(alias.key, wanted) > 0)))`;

/** The networks that each network replaced, oldest first. */
export function predecessorsOf(db: Database, ids: readonly string[]): Promise<Network[]> {
  return db
    .selectFrom('directory.network as network')
    .select(COLUMNS)
    .where(sql<boolean>`network.successor_id = any(${ids})`)
    .orderBy('network.successor_id')
    .orderBy('network.valid_to')
    .orderBy('network.id')
    .execute();
}

/** Current networks of each ministry, by name. */
export function networksOfMinistries(db: Database, ids: readonly string[]): Promise<Network[]> {
  return db
    .selectFrom('directory.network as network')
    .select(COLUMNS)
    .where(sql<boolean>`network.ministry_id = any(${ids})`)
    .where('network.valid_to', 'is', null)
    .orderBy(sql`directory.label_key(network.name)`)
    .orderBy('network.id')
    .execute();
}

/** Every ministry by name, or those of the ids. */
export function ministries(db: Database, ids: readonly string[] | null): Promise<Ministry[]> {
  return db
    .selectFrom('directory.ministry as ministry')
    .select(['ministry.id', 'ministry.name'])
    .where(ids === null ? sql<boolean>`true` : sql<boolean>`ministry.id = any(${ids})`)
    .orderBy(sql`directory.label_key(ministry.name)`)
    .orderBy('ministry.id')
    .execute();
}

/** Pivots by label: every one that has a label or a network, or those of the codes, or those of the networks. */
export async function pivots(
  db: Database,
  {
    codes = null,
    networks = null,
  }: { codes?: readonly string[] | null; networks?: readonly string[] | null },
): Promise<Pivot[]> {
  const { rows } = await sql<Pivot>`
    select code, coalesce(named.label, code) as label, owned.network_id as "networkId"
    from (select code, label from administrations.pivot) named
    full join (select pivot as code, network_id from directory.network_pivot) owned using (code)
    where (${codes}::text[] is null or code = any(${codes}))
      and (${networks}::text[] is null or owned.network_id = any(${networks}))
    order by directory.label_key(coalesce(named.label, code)), code`.execute(db);
  return rows;
}

const TYPOLOGY = ['typology.id', 'typology.name', 'typology.network_id as networkId'] as const;

/** Those of the ids that exist. */
export function typologiesById(db: Database, ids: readonly string[]): Promise<Typology[]> {
  return db
    .selectFrom('directory.typology as typology')
    .select(TYPOLOGY)
    .where(sql<boolean>`typology.id = any(${ids})`)
    .execute();
}

/** The typologies of each network, by name. */
export function typologiesOfNetworks(db: Database, ids: readonly string[]): Promise<Typology[]> {
  return db
    .selectFrom('directory.typology as typology')
    .select(TYPOLOGY)
    .where(sql<boolean>`typology.network_id = any(${ids})`)
    .orderBy(sql`directory.label_key(typology.name)`)
    .orderBy('typology.id')
    .execute();
}
