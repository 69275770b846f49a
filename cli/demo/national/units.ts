import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { chance } from '../chance.ts';
import type { DemoUnit } from '../results.ts';
import type { DemoStructure } from '../units.ts';
import type { NationalNetwork } from './catalogue.ts';
import { headCode, networkSites } from './structures.ts';

/** A few sites publish beside the structure that speaks for them: it must not count twice. */
const TWICE = 0.04;

/** Everything that publishes for a network, in an order of its own. */
export async function nationalUnits(
  db: Kysely<object>,
  network: NationalNetwork,
  structures: readonly DemoStructure[],
): Promise<DemoUnit[]> {
  const own = structures.filter((one) => `NET-${one.network}` === network.id);
  const structureUnits = (level: (one: DemoStructure) => boolean) =>
    own.filter(level).map(({ code, regionId }): DemoUnit => ({ kind: 'STRUCTURE', id: code, regionId }));
  const units =
    network.by === 'AREA'
      ? structureUnits(({ level }) => level !== 'NATIONAL')
      : network.by === 'NATION'
        ? structureUnits(({ level }) => level === 'NATIONAL')
        : [...structureUnits(({ level }) => level === 'SITE'), ...(await siteUnits(db, network, own))];
  return [...units, ...(await aboveOf(db, network))];
}

async function siteUnits(
  db: Kysely<object>,
  { id: network }: NationalNetwork,
  structures: readonly DemoStructure[],
): Promise<DemoUnit[]> {
  const grouped = new Set(structures.filter(({ level }) => level === 'SITE').flatMap(({ sites }) => sites));
  const sites = await networkSites(db, network);
  return sites
    .filter(({ id }) => !grouped.has(id) || chance('twice', id) < TWICE)
    .map(({ id, region, from, to }) => ({
      kind: 'SITE',
      id,
      regionId: region,
      open: [from ?? 0, to ?? 9999],
    }));
}

/** What the network itself publishes above its units. */
async function aboveOf(db: Kysely<object>, { id, above }: NationalNetwork): Promise<DemoUnit[]> {
  if (above === undefined) return [];
  if (above === 'HEAD') return [{ kind: 'STRUCTURE', id: headCode(id), regionId: 'FR' }];
  const { rows } = await sql<{ id: string }>`
    select id from directory.territory where level in ('REGION', 'NATIONAL') and is_current order by id`.execute(
    db,
  );
  return rows.map(({ id: territory }) => ({ kind: 'TERRITORY', id: territory, regionId: territory }));
}
