import { type QueryExecutorProvider, sql } from 'kysely';
import type { UserError } from '../../../kernel/write/refused.ts';
import type { SubmittedConcern } from './submission.ts';

/** Where a new testimony is about, as the directory knows it. */
export interface FoundConcern {
  network: string;
  structure: string | null;
  site: string | null;
}

interface Candidate {
  structure_network: string | null;
  site_network: string | null;
  known_site: boolean;
  /** The site of a structure that stands for one place. */
  own_site: string | null;
  /** The structure of a site that has one only. */
  own_structure: string | null;
}

/**
 * Finds the structures and sites that were named, with their network; each mistake has its path. A structure that
 * stands for one place brings its site, a site of one structure brings it.
 */
export async function findConcerns(
  db: QueryExecutorProvider,
  concerns: readonly SubmittedConcern[],
): Promise<{ found: FoundConcern[]; mistakes: UserError[] }> {
  const asked = concerns.map(({ structure = null, site = null }) => ({ structure, site }));
  const candidates = await candidatesOf(db, asked);
  const mistakes: UserError[] = [];
  const found: FoundConcern[] = [];
  for (const [index, { structure, site }] of asked.entries()) {
    const wrong = (code: string, message: string, ...part: string[]) => {
      mistakes.push({ code, message, path: ['input', 'concerns', String(index), ...part] });
    };
    const candidate = candidates[index];
    if (structure === null && site === null) wrong('REQUIRED', 'Expected a structure, a site or both.');
    else if (!candidate || (structure !== null && candidate.structure_network === null)) {
      wrong('UNKNOWN_STRUCTURE', 'No such structure in the directory.', 'structure');
    } else if (site !== null && candidate.site_network === null) {
      const message = candidate.known_site
        ? 'This site belongs to no network.'
        : 'No such site in the directory.';
      wrong('UNKNOWN_SITE', message, 'site');
    } else if (
      structure !== null &&
      site !== null &&
      candidate.structure_network !== candidate.site_network
    ) {
      wrong('OTHER_NETWORK', 'The structure and the site are of two networks.');
    } else {
      const one = {
        network: candidate.structure_network ?? candidate.site_network ?? '',
        structure: structure ?? candidate.own_structure,
        site: site ?? candidate.own_site,
      };
      if (found.some((other) => other.structure === one.structure && other.site === one.site)) {
        wrong('DUPLICATE', 'The same place twice.');
      }
      found.push(one);
    }
  }
  return { found, mistakes };
}

async function candidatesOf(
  db: QueryExecutorProvider,
  asked: readonly { structure: string | null; site: string | null }[],
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select s.network_id as structure_network, site.network_id as site_network, site.id is not null as known_site,
           case when s.level = 'SITE' then (
             select min(l.site_id) from directory.structure_site l
              where l.structure_id = s.id and l.valid_to is null having count(*) = 1) end as own_site,
           (select min(l.structure_id) from directory.structure_site l
              join directory.structure o on o.id = l.structure_id and o.network_id = site.network_id
             where l.site_id = site.id and l.valid_to is null having count(*) = 1) as own_structure
      from unnest(${asked.map(({ structure }) => structure)}::text[], ${asked.map(({ site }) => site)}::text[])
           with ordinality as a (structure, site, rank)
      left join directory.structure s on s.id = a.structure
      left join directory.site site on site.id = a.site
     order by a.rank`.execute(db);
  return rows;
}

/** The département and the région of a territory that is one of them; null when it is none. */
export async function findHome(
  db: QueryExecutorProvider,
  territory: string,
): Promise<{ departement: string | null; region: string | null } | null> {
  const { rows } = await sql<{ departement: string | null; region: string | null }>`
    select case when level = 'DEPARTEMENT' then id end as departement,
           case when level = 'REGION' then id else region_id end as region
      from directory.territory where id = ${territory} and level in ('DEPARTEMENT', 'REGION')`.execute(db);
  return rows[0] ?? null;
}
