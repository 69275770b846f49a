import { type Kysely, sql } from 'kysely';
import { chance } from '../chance.ts';
import { type DemoStructure, demoStructures } from '../units.ts';
import { NATIONAL_NETWORKS } from './catalogue.ts';

/** Sites that answer together, and the share of them that does. */
const GROUP = 3;
const GROUPED = 0.6;

/** Where the structure of an area has two others below it, at its own level: half of those with several sites. */
const DIVIDED = { network: 'caf', share: 0.5 };

/**
 * The trees of all networks: one structure at the head, one for each area; at one network some with two others below
 * them that publish beside it, of another kind; at another, structures of a few sites each.
 */
export async function nationalStructures(db: Kysely<object>): Promise<DemoStructure[]> {
  const areas = await demoStructures(
    db,
    NATIONAL_NETWORKS.map(({ id }) => id),
    ['REGION', 'DEPARTEMENT', 'SITE'],
  );
  const grouping = NATIONAL_NETWORKS.filter(({ by }) => by === 'GROUP').map(({ id }) =>
    id.slice('NET-'.length),
  );
  const heads = NATIONAL_NETWORKS.filter(({ by }) => by === 'NATION').map(({ id }) => headOf(id));
  return [
    ...heads,
    ...areas.flatMap((area) => {
      if (area.level === 'NATIONAL') return [area];
      if (area.network === DIVIDED.network) return divided(area);
      return grouping.includes(area.network) ? [area, ...groups(area)] : [area];
    }),
  ];
}

/** A network that publishes nationally has no site to be found by. */
const headOf = (network: string): DemoStructure => ({
  code: `DEMO-${network.slice('NET-'.length)}`,
  name: `Réseau ${network.slice('NET-'.length)} (démonstration)`,
  network: network.slice('NET-'.length),
  level: 'NATIONAL',
  parent: null,
  postalCode: '',
  city: '',
  regionId: '',
  sites: [],
});

function divided(area: DemoStructure): DemoStructure[] {
  if (area.sites.length < 2 || chance('divided', area.code) >= DIVIDED.share) {
    return [{ ...area, typology: chance('small', area.code) < 0.3 ? 'Petite caisse' : 'Caisse' }];
  }
  const half = Math.ceil(area.sites.length / 2);
  const child = (rank: number, sites: string[]): DemoStructure => ({
    ...area,
    code: `${area.code}-${rank}`,
    name: `${area.name} antenne ${rank}`,
    parent: area.code,
    typology: 'Antenne',
    sites,
  });
  return [
    { ...area, typology: 'Caisse', sites: [] },
    child(1, area.sites.slice(0, half)),
    child(2, area.sites.slice(half)),
  ];
}

function groups(area: DemoStructure): DemoStructure[] {
  const together = area.sites.filter((site) => chance('grouped', site) < GROUPED);
  return Array.from({ length: Math.floor(together.length / GROUP) }, (_, rank) => ({
    ...area,
    code: `${area.code}-G${rank + 1}`,
    name: `${area.name} groupe ${rank + 1}`,
    level: 'SITE' as const,
    parent: area.code,
    sites: together.slice(rank * GROUP, (rank + 1) * GROUP),
  }));
}

/** Who is at the head of a network, by its code. */
export const headCode = (network: string): string => `DEMO-${network.slice('NET-'.length)}`;

/** Sites of a network, with the years in which they were there. */
export async function networkSites(
  db: Kysely<object>,
  network: string,
): Promise<{ id: string; region: string; from: number | null; to: number | null }[]> {
  const { rows } = await sql<{ id: string; region: string; from: number | null; to: number | null }>`
    select id, region_id as region, extract(year from valid_from)::integer as from,
           extract(year from valid_to)::integer as to
      from directory.site where network_id = ${network} and region_id is not null order by id`.execute(db);
  return rows;
}
