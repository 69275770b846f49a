import { createServer } from 'node:http';
import pg from 'pg';
import { listen } from './listen.ts';

const LOCAL = `json_build_object('title', d.user_title, 'start', c.period_start, 'value', c.value, 'respondents', c.respondents,
    'departement', fd.value, 'region', fr.value, 'national', fn.value, 'lowest', s.lowest, 'highest', s.highest,
    'median', s.median)`;

const figure = (alias: string, territory: string) => `
  left join rivals.figure ${alias} on ${alias}.network_id = c.network_id and ${alias}.indicator_id = c.indicator_id
   and ${alias}.territory_id = c.${territory} and ${alias}.period_start = c.period_start
   and ${alias}.period_grain = c.period_grain and ${alias}.definition_version = c.definition_version`;

/** One statement per page, prepared; PostgreSQL writes the JSON. */
const PAGES: Readonly<Record<string, { text: string; parameters: readonly string[] }>> = {
  site: {
    parameters: ['site'],
    text: `select json_build_object('name', s.name, 'network', n.name, 'territory', t.name, 'comparisons', (
        select coalesce(json_agg(${LOCAL}), '[]'::json)
          from rivals.comparison c
          join rivals.definition d on d.indicator_id = c.indicator_id and d.version = c.definition_version
          left join rivals.spread s on s.network_id = c.network_id and s.indicator_id = c.indicator_id
           and s.period_start = c.period_start and s.period_grain = c.period_grain
           and s.definition_version = c.definition_version
          ${figure('fd', 'departement_id')} ${figure('fr', 'region_id')} ${figure('fn', 'national_id')}
         where c.site_id = $1))::text as json
      from rivals.site s
      left join rivals.network n on n.id = s.network_id
      left join rivals.territory t on t.id = s.commune_id
     where s.id = $1`,
  },
  overview: {
    parameters: ['indicator', 'start', 'grain'],
    text: `select json_agg(json_build_object('name', n.name, 'figures', f.list))::text as json
      from rivals.network n
      cross join lateral (
        select coalesce(json_agg(json_build_object('territory', f.territory_id, 'value', f.value, 'basis', f.basis,
                                                   'respondents', f.respondents) order by f.value desc), '[]'::json) as list
          from rivals.figure f
         where f.network_id = n.id and f.indicator_id = $1 and f.level = 'REGION' and f.period_start = $2::date
           and f.period_grain = $3) f`,
  },
  map: {
    parameters: ['network', 'indicator', 'start', 'grain'],
    text: `select json_build_object('name', n.name, 'figures', (
        select coalesce(json_agg(json_build_object('territory', f.territory_id, 'name', t.name, 'value', f.value,
                                                   'basis', f.basis, 'respondents', f.respondents) order by f.value desc), '[]'::json)
          from rivals.figure f join rivals.territory t on t.id = f.territory_id
         where f.network_id = n.id and f.indicator_id = $2 and f.level = 'DEPARTEMENT' and f.period_start = $3::date
           and f.period_grain = $4))::text as json
      from rivals.network n where n.id = $1`,
  },
};

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.POOL) });

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://raw');
  const name = url.pathname.slice(1);
  const page = PAGES[name];
  if (!page) return response.writeHead(404).end();
  const values = page.parameters.map((parameter) => url.searchParams.get(parameter));
  pool.query<{ json: string }>({ name, text: page.text, values }).then(
    ({ rows: [row] }) => response.writeHead(200, { 'content-type': 'application/json' }).end(row?.json),
    (error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    },
  );
  return response;
});
await listen('raw SQL', server);
