import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Kysely, sql } from 'kysely';
import type { BundledFile } from '../../bundled-file.ts';
import { chance } from '../chance.ts';
import { DEMONSTRATION } from '../files.ts';
import { NATIONAL_NETWORKS } from './catalogue.ts';
import type { Scale } from './scale.ts';

/**
 * Sites for each one that publishes in an ordinary year: some have not opened yet or have closed, some never answer,
 * some answer together.
 */
const SITES_PER_PUBLISHING = 1.2;
/** Share of the sites whose commune is named by its code from before it merged. */
const FORMER_COMMUNE = 0.01;

interface Commune {
  code: string;
  name: string;
  postal_code: string | null;
  latitude: number;
  longitude: number;
  /** Of the communes up to this one. */
  people: number;
}

/** A generated site, as the State directory writes one. */
interface SiteRecord {
  id: string;
  nom: string;
  pivot: readonly { type_service_local: string; code_insee_commune: readonly string[] }[];
  code_insee_commune: string;
  adresse: readonly object[];
  version_source: string;
}

/**
 * Sites beside the real ones, for each network up to its share of the whole, spread by population: the same ones on
 * every machine.
 */
export async function sitesFile(db: Kysely<object>, scale: Scale, name: string): Promise<BundledFile> {
  const { current, former } = await communes(db);
  const known = await counts(db);
  const stream = () => Readable.from(lines(scale, known, current, former));
  return { feed: 'annuaire', name, open: () => ({ name, stream: stream() }), ...DEMONSTRATION };
}

function* lines(
  { sites }: Scale,
  known: ReadonlyMap<string, number>,
  current: readonly Commune[],
  former: readonly Commune[],
): Generator<string> {
  for (const { id, places } of NATIONAL_NETWORKS) {
    if (places === undefined) continue;
    const wanted = Math.round(sites * SITES_PER_PUBLISHING * places.share) - (known.get(id) ?? 0);
    for (let rank = 0; rank < wanted; rank += 1) {
      const commune = communeOf(`${id}/${rank}`, current, former);
      if (commune) yield `${JSON.stringify(recordOf(places, `${id}/${rank}`, rank + 1, commune))}\n`;
    }
  }
}

function recordOf(
  { pivot, label }: { pivot: string; label: string },
  key: string,
  rank: number,
  { code, name, postal_code, latitude, longitude }: Commune,
): SiteRecord {
  // A few kilometres around the centre of the commune.
  const near = (center: number, axis: string) => (center + 0.02 * (chance(axis, key) - 0.5)).toFixed(5);
  return {
    id: uuidOf(key),
    nom: `${label} de ${name} n° ${rank} (démonstration)`,
    pivot: [{ type_service_local: pivot, code_insee_commune: [code] }],
    code_insee_commune: code,
    adresse: [
      {
        type_adresse: 'Adresse',
        complement1: 'Adresse inventée',
        code_postal: postal_code ?? '',
        nom_commune: name,
        latitude: near(latitude, 'latitude'),
        longitude: near(longitude, 'longitude'),
      },
    ],
    version_source: DEMONSTRATION.source,
  };
}

/** An UUID of its own for each key, of the version that is made of names. */
function uuidOf(key: string): string {
  const hex = createHash('sha1').update(`site de démonstration ${key}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** A commune drawn by its population; now and then one that has merged since. */
function communeOf(
  key: string,
  current: readonly Commune[],
  former: readonly Commune[],
): Commune | undefined {
  if (chance('former', key) < FORMER_COMMUNE && former.length > 0) {
    return former[Math.floor(chance('which former', key) * former.length)];
  }
  const at = chance('commune', key) * (current.at(-1)?.people ?? 0);
  let [low, high] = [0, current.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((current[middle]?.people ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return current[low];
}

async function communes(db: Kysely<object>): Promise<{ current: Commune[]; former: Commune[] }> {
  const { rows } = await sql<Commune & { is_current: boolean }>`
    select t.code, t.name, t.postal_codes[1] as postal_code, h.latitude, h.longitude, t.is_current,
           (sum(case when t.is_current then t.population else 0 end) over (order by t.id))::integer as people
      from directory.territory t join directory.territory h on h.id = coalesce(t.merged_into, t.id)
     where t.level = 'COMMUNE' and not t.is_arrondissement and h.latitude is not null and h.departement_id is not null
       and (t.population > 0 and t.is_current or t.merged_into is not null)
     order by t.id`.execute(db);
  return {
    current: rows.filter(({ is_current }) => is_current),
    former: rows.filter(({ is_current }) => !is_current),
  };
}

/** Real sites of each network: those of the demonstration set say what they are in their names. */
async function counts(db: Kysely<object>): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ network_id: string; count: number }>`
    select network_id, count(*)::integer as count from directory.site
     where network_id is not null and valid_to is null and name not like '%(démonstration)' group by 1`.execute(
    db,
  );
  return new Map(rows.map(({ network_id, count }) => [network_id, count]));
}
