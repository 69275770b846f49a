import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import { code, date, integer, oneOf, text } from '../../../kernel/import/columns.ts';
import {
  defineFeed,
  type Feed,
  type FeedSpec,
  type ImportTransaction,
  type MergeReport,
} from '../../../kernel/import/feed.ts';
import { type Columns, sheet } from '../../../kernel/import/sheet.ts';
import { network, site } from '../import/entities.ts';
import { publishRevision } from '../import/revision.ts';
import { written } from '../import/written.ts';

/** A reviewed table of the team: one file of `data/reference`, one import of the feed `reference`. */
const table = <C extends Columns>(
  file: string,
  columns: C,
  duplicateKey: readonly (keyof C & string)[],
  spec: Pick<FeedSpec, 'merge' | 'entities' | 'touchesDirectory'>,
): { file: string; feed: Feed } => ({
  file,
  feed: defineFeed({
    name: 'reference',
    subgraph: 'administrations',
    description: `Reviewed table ${file}`,
    source: 'Services Publics+ Hub',
    licence: 'Licence Ouverte 2.0',
    input: sheet({ columns }),
    duplicateKey,
    scope: () => file,
    ...spec,
  }),
});

const slug = {
  pattern: /[a-z0-9]+(?:-[a-z0-9]+)*/,
  expected: 'a code in lower case, words joined by dashes',
};
const yes = { oui: 'true', non: 'false' };
const LEVELS = { SITE: 'SITE', DEPARTEMENT: 'DEPARTEMENT', REGION: 'REGION', NATIONAL: 'NATIONAL' };

/** The reviewed tables in the order of their references. */
export const referenceTables: readonly { file: string; feed: Feed }[] = [
  table(
    'ministries.csv',
    {
      id: code({ header: 'id', required: true, pattern: /MIN-[a-z-]+/, expected: 'MIN- and a name' }),
      name: text({ header: 'nom', required: true }),
    },
    ['id'],
    {
      merge: (trx) =>
        written(
          trx,
          sql`
            insert into directory.ministry as t (id, name) select id, name from import_row
            on conflict (id) do update set name = excluded.name where t.name <> excluded.name
            returning xmax = 0 as is_new`,
        ),
    },
  ),
  table(
    'networks.csv',
    {
      code: code({ header: 'code', required: true, ...slug }),
      name: text({ header: 'nom', required: true }),
      ministry: text({ header: 'ministere', required: true }),
      level: oneOf({ header: 'maille', required: true, labels: LEVELS }),
      ivr: oneOf({ header: 'svi', labels: yes }),
      transparency: oneOf({ header: 'transparence', required: true, labels: yes }),
      valid_from: date({ header: 'debut' }),
      valid_to: date({ header: 'fin' }),
      successor: code({ header: 'successeur', ...slug }),
      labels: text({ header: 'libelles' }),
    },
    ['code'],
    { merge: mergeNetworks, entities: [network], touchesDirectory: true },
  ),
  table(
    'pivots.csv',
    {
      pivot: code({
        header: 'pivot',
        required: true,
        pattern: /[a-z0-9_]+/,
        expected: 'a code of the directory',
      }),
      label: text({ header: 'libelle', required: true }),
      network: code({ header: 'reseau', ...slug }),
    },
    ['pivot'],
    { merge: mergePivots, entities: [site], touchesDirectory: true },
  ),
  table(
    'typologies.csv',
    {
      network: code({ header: 'reseau', required: true, ...slug }),
      name: text({ header: 'typologie', required: true, max: 200 }),
    },
    ['network', 'name'],
    {
      merge: (trx) =>
        written(
          trx,
          sql`
            insert into directory.typology as t (id, network_id, name)
            select directory.typology_id('NET-' || network, name), 'NET-' || network, name from import_row
            on conflict (id) do update set name = excluded.name where t.name <> excluded.name
            returning xmax = 0 as is_new`,
        ),
    },
  ),
  table(
    'commitments.csv',
    {
      id: code({
        header: 'id',
        required: true,
        pattern: /COMMITMENT-.+/,
        expected: 'COMMITMENT- and a code',
      }),
      version: oneOf({ header: 'version', required: true, labels: { 2021: '2021', 2024: '2024' } }),
      code: text({ header: 'code', required: true }),
      position: integer({ header: 'rang', required: true, min: 1 }),
      title: text({ header: 'titre', required: true }),
      short_title: text({ header: 'titre_court' }),
      heading: text({ header: 'rubrique' }),
      source: text({ header: 'source', required: true }),
    },
    ['id'],
    {
      merge: (trx) =>
        written(
          trx,
          sql`
            insert into administrations.commitment as t
              (id, version, code, position, title, short_title, heading, source)
            select id, version, code, position, title, short_title, heading, source from import_row
            on conflict (id) do update set title = excluded.title, short_title = excluded.short_title,
              heading = excluded.heading, source = excluded.source
            where (t.title, t.short_title, t.heading, t.source)
              is distinct from (excluded.title, excluded.short_title, excluded.heading, excluded.source)
            returning xmax = 0 as is_new`,
        ),
    },
  ),
  table(
    'commitment-correspondence.csv',
    {
      from_id: text({ header: 'de', required: true }),
      to_id: text({ header: 'vers', required: true }),
      merged: oneOf({ header: 'fusionne', required: true, labels: yes }),
    },
    ['from_id', 'to_id'],
    {
      async merge(trx) {
        await sql`
          delete from administrations.commitment_correspondence c
          where not exists (select from import_row s where (s.from_id, s.to_id) = (c.from_id, c.to_id))`.execute(
          trx,
        );
        return written(
          trx,
          sql`
            insert into administrations.commitment_correspondence as t (from_id, to_id, merged)
            select from_id, to_id, merged::boolean from import_row
            on conflict (from_id, to_id) do update set merged = excluded.merged where t.merged <> excluded.merged
            returning xmax = 0 as is_new`,
        );
      },
    },
  ),
];

async function mergeNetworks(
  trx: ImportTransaction,
  { importId }: { importId: string },
): Promise<MergeReport> {
  await captureBefore(trx, importId, network, sql`select 'NET-' || code as id from import_row`);
  const report = await written(
    trx,
    sql`
      insert into directory.network as t (id, code, name, ministry_id, finest_level, has_ivr,
        counts_in_transparency, valid_from, valid_to, successor_id)
      select 'NET-' || code, code, name, ministry, level, coalesce(ivr::boolean, false), transparency::boolean,
        valid_from, valid_to, 'NET-' || successor
      from import_row
      on conflict (id) do update set name = excluded.name, ministry_id = excluded.ministry_id,
        finest_level = excluded.finest_level, has_ivr = excluded.has_ivr,
        counts_in_transparency = excluded.counts_in_transparency, valid_from = excluded.valid_from,
        valid_to = excluded.valid_to, successor_id = excluded.successor_id
      where to_jsonb(t) is distinct from to_jsonb(excluded)
      returning xmax = 0 as is_new`,
  );
  await sql`delete from directory.network_alias`.execute(trx);
  // The name itself first: a label that two networks share stays with the network of that name.
  await sql`
    insert into directory.network_alias (label, network_id)
    select label, id from (
      select name as label, 'NET-' || code as id, 1 as rank, record from import_row
      union all select trim(regexp_replace(name, '\\(.*\\)$', '')), 'NET-' || code, 2, record from import_row
      union all select code, 'NET-' || code, 2, record from import_row
      union all select unnest(string_to_array(labels, '|')), 'NET-' || code, 3, record from import_row
    ) labels order by rank, record
    on conflict do nothing`.execute(trx);
  await publishRevision(trx, importId);
  return report;
}

/** Labels of pivots, and the network of each: sites follow at once when a pivot changes network. */
async function mergePivots(trx: ImportTransaction, { importId }: { importId: string }): Promise<MergeReport> {
  const report = await written(
    trx,
    sql`
      insert into administrations.pivot as t (code, label) select pivot, label from import_row
      on conflict (code) do update set label = excluded.label where t.label <> excluded.label
      returning xmax = 0 as is_new`,
  );
  await sql`delete from directory.network_pivot`.execute(trx);
  await sql`
    insert into directory.network_pivot (pivot, network_id)
    select pivot, 'NET-' || network from import_row where network is not null`.execute(trx);
  const moving = sql`
    select s.id, n.network_id from directory.site s cross join lateral (${networkOfPivots}) n
    where s.network_id is distinct from n.network_id`;
  await captureBefore(trx, importId, site, sql`select id from (${moving}) m`);
  await sql`update directory.site s set network_id = m.network_id from (${moving}) m where m.id = s.id`.execute(
    trx,
  );
  await publishRevision(trx, importId);
  return report;
}

/** Network of the first pivot of site `s` that has one. */
const networkOfPivots = sql`
  select (select n.network_id from unnest(s.pivots) with ordinality as p(pivot, rank)
    join directory.network_pivot n on n.pivot = p.pivot order by p.rank limit 1) as network_id`;
