import { readFileSync } from 'node:fs';
import { statement } from './statement.ts';

/** A page that consumers ask, with the variables of many distinct requests. */
export interface Page {
  name: string;
  query: string;
  variables: readonly Record<string, string>[];
}

const text = (name: string) =>
  readFileSync(new URL(`../schema/operations/${name}.graphql`, import.meta.url), 'utf8');

/** Rows in an order that says nothing, the same at each run. */
const shuffled = (rows: string, key: string, most: number) =>
  `select * from (${rows}) r order by md5(${key}) limit ${most}`;

/** The pages of the benchmark over the sites, networks and territories that have results. */
export async function pages(url: string): Promise<Page[]> {
  const oneGraph = await statement<{ network: string; territory: string }>(
    url,
    shuffled(
      `select n.network_id as network, t.id as territory
         from (select distinct network_id from indicators.result) n join directory.territory t on t.level = 'DEPARTEMENT' and t.valid_to is null
        where exists (select from directory.site s where s.network_id = n.network_id and s.departement_id = t.id)`,
      'network || territory',
      1000,
    ),
  );
  const siteBoard = await statement<{ site: string }>(
    url,
    shuffled(
      `select distinct subject_id as site from indicators.result where subject_kind = 'SITE'`,
      'site',
      2000,
    ),
  );
  const networkRanking = await statement<{ network: string; indicator: string; region: string }>(
    url,
    shuffled(
      `select distinct r.network_id as network, r.indicator_id as indicator, s.region_id as region
         from indicators.result r join directory.site s on s.id = r.subject_id`,
      'network || indicator || region',
      1000,
    ),
  );
  return [
    { name: 'OneGraph', query: text('OneGraph'), variables: oneGraph },
    { name: 'SiteBoard', query: text('SiteBoard'), variables: siteBoard },
    { name: 'NetworkRanking', query: text('NetworkRanking'), variables: networkRanking },
  ];
}
