import { type Kysely, sql } from 'kysely';
import type { DemoUnit } from './results.ts';

/** A structure that the demonstration set invents for a network that publishes above its sites. */
export interface DemoStructure {
  code: string;
  name: string;
  network: string;
  level: 'NATIONAL' | 'REGION' | 'DEPARTEMENT' | 'SITE';
  typology?: string;
  parent: string | null;
  postalCode: string;
  city: string;
  regionId: string;
  /** Its real sites. */
  sites: string[];
}

interface Area {
  network: string;
  level: 'REGION' | 'DEPARTEMENT';
  area: string;
  name: string;
  region: string;
  postal_code: string;
  city: string;
  sites: string[];
}

/**
 * One structure per area where a network of départements or régions has sites, seated where most of its sites are,
 * under one national structure.
 * @param levels finest levels of the networks that get some; one that publishes by site gets them by département
 */
export async function demoStructures(
  db: Kysely<object>,
  networks: readonly string[],
  levels: readonly string[] = ['REGION', 'DEPARTEMENT'],
): Promise<DemoStructure[]> {
  const { rows } = await sql<Area>`
    with placed as (
      select s.network_id, s.id,
             case n.finest_level when 'SITE' then 'DEPARTEMENT' else n.finest_level end as level, s.commune_id, s.region_id,
             case n.finest_level when 'REGION' then s.region_id else s.departement_id end as area
        from directory.site s join directory.network n on n.id = s.network_id
       where n.finest_level = any(${levels}) and s.valid_to is null
         and s.network_id = any(${networks}) and s.commune_id is not null
    ), seats as (
      select distinct on (network_id, area) network_id, area, commune_id
        from placed group by network_id, area, commune_id
       order by network_id, area, count(*) desc, commune_id
    )
    select p.network_id as network, p.level, p.area, t.name, min(p.region_id) as region,
           c.postal_codes[1] as postal_code, c.name as city, array_agg(p.id order by p.id) as sites
      from placed p
      join seats s on s.network_id = p.network_id and s.area = p.area
      join directory.territory t on t.id = p.area
      join directory.territory c on c.id = s.commune_id
     group by 1, 2, 3, 4, 6, 7 order by 1, 3`.execute(db);
  const roots = [...new Set(rows.map(({ network }) => network))].map((network) => rootOf(network));
  return [...roots, ...rows.map(structureOf)];
}

const short = (network: string) => network.slice('NET-'.length);

const rootOf = (network: string): DemoStructure => ({
  code: `DEMO-${short(network)}`,
  name: `Réseau ${short(network)} (démonstration)`,
  network: short(network),
  level: 'NATIONAL',
  parent: null,
  postalCode: '',
  city: '',
  regionId: '',
  sites: [],
});

const structureOf = (area: Area): DemoStructure => ({
  code: `DEMO-${short(area.network)}-${area.area.slice(4)}`,
  name: `${short(area.network).toUpperCase()} – ${area.name} (démonstration)`,
  network: short(area.network),
  level: area.level,
  parent: `DEMO-${short(area.network)}`,
  postalCode: area.postal_code,
  city: area.city,
  regionId: area.region,
  sites: area.sites,
});

/** The real sites of a network that publishes by site. */
export async function demoSites(db: Kysely<object>, network: string): Promise<DemoUnit[]> {
  const { rows } = await sql<{ id: string; region: string }>`
    select s.id, s.region_id as region from directory.site s join directory.network n on n.id = s.network_id
     where s.network_id = ${network} and n.finest_level = 'SITE' and s.valid_to is null
       and s.region_id is not null order by s.id`.execute(db);
  return rows.map(({ id, region }) => ({ kind: 'SITE', id, regionId: region }));
}

/** Each commune of the fixture's département with the nearest site of two networks: a plausible competence. */
export async function demoCompetences(
  db: Kysely<object>,
): Promise<{ network: string; commune: string; site: string }[]> {
  const { rows } = await sql<{ network: string; commune: string; site: string }>`
    select n.id as network, c.id as commune, near.id as site
      from directory.territory c
      cross join (values ('NET-caf'), ('NET-france-travail')) n(id)
      cross join lateral (
        select s.id from directory.site s
         where s.network_id = n.id and s.departement_id = c.departement_id and s.valid_to is null
           and s.longitude is not null
         order by point(s.longitude, s.latitude) <-> point(c.longitude, c.latitude), s.id limit 1
      ) near
     where c.level = 'COMMUNE' and c.valid_to is null and c.merged_into is null
       and c.departement_id = 'DEP-62' order by 1, 2`.execute(db);
  return rows;
}
