import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { TAG_IDS, type Told, voiceOf } from './voice.ts';
import { VOICE_TABLES } from './voice-tables.ts';
import { statement } from './world.ts';

/** Structures that are told of: one in each département where a network has sites, and one for some sites. */
const STRUCTURES = 2000;
const NO_IMPORT = `'00000000-0000-0000-0000-000000000000'::uuid`;
const INSERT = `insert into directory.structure
  (id, code, name, network_id, parent_id, level, commune_id, departement_id, region_id, import_id)`;

/**
 * Structures over the real sites of a database: for each network one at its head, below it one per département, below
 * these some that are one site. The bundled directory has the sites, and no such tree.
 */
export async function makeStructures(url: string): Promise<Told[]> {
  await statement(
    url,
    `set role administrations_owner;
     ${INSERT}
     select 'STR-bench-' || code, 'bench-' || code, 'Réseau ' || name, id, null, 'NATIONAL', null, null, null, ${NO_IMPORT}
       from directory.network n where exists (select from directory.site where network_id = n.id);
     ${INSERT}
     select distinct 'STR-bench-' || n.code || '-' || s.departement_id, 'bench-' || n.code || '-' || s.departement_id,
            n.name || ' ' || s.departement_id, n.id, 'STR-bench-' || n.code, 'DEPARTEMENT', null, s.departement_id,
            s.region_id, ${NO_IMPORT}
       from directory.site s join directory.network n on n.id = s.network_id
      where s.departement_id is not null and s.valid_to is null;
     ${INSERT}
     select 'STR-bench-' || s.id, 'bench-' || s.id, s.name, n.id, 'STR-bench-' || n.code || '-' || s.departement_id,
            'SITE', s.commune_id, s.departement_id, s.region_id, ${NO_IMPORT}
       from directory.site s join directory.network n on n.id = s.network_id
      where s.departement_id is not null and s.valid_to is null order by md5(s.id)
      limit greatest(0, ${STRUCTURES} - (select count(*) from directory.structure where level = 'DEPARTEMENT'));
     analyze directory.structure`,
  );
  return statement<Told>(
    url,
    `select s.id as structure, s.code, s.network_id as network, case when s.level = 'SITE' then substr(s.id, 11) end as site,
            s.departement_id as departement, s.region_id as region, t.name as "departementName"
       from directory.structure s join directory.territory t on t.id = s.departement_id
      where s.id like 'STR-bench-%' order by md5(s.id)`,
  );
}

/**
 * Fills a database that has the real sites with that many plausible testimonies: always the same ones. What follows
 * each write is put aside meanwhile and made once at the end, which takes a tenth of the time.
 */
export async function makeVoices(url: string, count: number, say: (line: string) => void): Promise<void> {
  const places = await makeStructures(url);
  const [words] = await statement<{ definition: string }>(
    url,
    `select pg_get_indexdef('testimonies.entry_words'::regclass) as definition`,
  );
  const triggers = (what: 'disable' | 'enable') =>
    Object.keys(VOICE_TABLES)
      .map((table) => `alter table testimonies.${table} ${what} trigger user;`)
      .join(' ');
  await statement(
    url,
    `set role testimonies_owner; ${triggers('disable')} drop index testimonies.entry_words;
     insert into testimonies.tag (id, label) values ${TAG_IDS.map((id) => `('${id}', '${id}')`).join(', ')}
     on conflict do nothing`,
  );
  for (const table of Object.keys(VOICE_TABLES)) {
    await copyVoices(url, table, count, places);
    say(`${table} of ${count.toLocaleString('en')} testimonies`);
  }
  await statement(
    url,
    `set role testimonies_owner; set work_mem = '256MB'; set maintenance_work_mem = '512MB'; ${triggers('enable')}
     select testimonies.write_entries(array(select id from testimonies.testimony)); ${words?.definition}`,
  );
  await statement(url, 'vacuum analyze');
  say('what testimonies are searched by');
}

/** One table at a time, each from its own pass: nothing is kept in memory, and what rows refer to is there. */
async function copyVoices(url: string, table: string, count: number, places: readonly Told[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set role testimonies_owner');
    const columns = VOICE_TABLES[table]?.columns ?? '';
    const stream = client.query(from(`copy testimonies.${table} (${columns}) from stdin`));
    await pipeline(Readable.from(blocks(table, count, places)), stream);
  } finally {
    await client.end();
  }
}

function* blocks(table: string, count: number, places: readonly Told[]): Generator<string> {
  let block = '';
  for (let number = 0; number < count; number += 1) {
    block += VOICE_TABLES[table]?.lines(voiceOf(number, count, places)) ?? '';
    if (block.length < 1 << 16) continue;
    yield block;
    block = '';
  }
  yield block;
}
