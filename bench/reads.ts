import { deepStrictEqual } from 'node:assert';
import { type PeriodGrain, parsePeriod, periodLabel } from '../kernel/period.ts';
import type { Hub } from './hubs.ts';
import { ask, posts, type Request } from './load.ts';
import { statement } from './statement.ts';

/** Who answers a read. */
export type Reader = 'hub' | 'PostGraphile' | 'raw SQL';

/** One page that the hub and its rivals answer alike. */
export interface Read {
  what: string;
  requests: Readonly<Record<Reader, readonly Request[]>>;
  /** What an answer says, in words of nobody. */
  facts: Readonly<Record<Reader, (answer: Answer) => unknown>>;
}

/** An answer of one of three servers, read by path and compared as a whole. */
// oxlint-disable-next-line typescript/no-explicit-any
type Answer = any;

const number = (value: unknown) => (value === null || value === undefined ? null : Number(value));
const byKey = <R extends { key: string }>(rows: readonly R[]): R[] =>
  rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));

const HUB_SITE = `query SitePage($site: ID!) { site(id: $site) { name network { name } territory { name } comparisons {
  indicator { userTitle } period local { value respondents } departement { value } region { value }
  national { value } lowest { value } highest { value } median } } }`;
const POSTGRAPHILE_SITE = `query SitePage($site: String!) { siteByRowId(rowId: $site) { name network { name } commune { name } comparisons {
  indicator { userTitle } periodStart value respondents departement { value } region { value }
  national { value } spread { lowest highest median } } } }`;

const HUB_OVERVIEW = `query Overview($indicator: ID!, $period: String!) { networks { name
  figures(indicator: $indicator, level: REGION, period: $period, first: 100) {
    nodes { territory { id } value basis respondents } } } }`;
const POSTGRAPHILE_OVERVIEW = `query Overview($indicator: String!, $start: Date!, $grain: String!) { allNetworksList { name
  figures(condition: { indicatorId: $indicator, level: "REGION", periodStart: $start, periodGrain: $grain }
          orderBy: [VALUE_DESC]) { territoryId value basis respondents } } }`;

const HUB_MAP = `query Map($network: ID!, $indicator: ID!, $period: String!) { network(id: $network) { name
  figures(indicator: $indicator, level: DEPARTEMENT, period: $period, first: 200) {
    nodes { territory { id name } value basis respondents } } } }`;
const POSTGRAPHILE_MAP = `query Map($network: String!, $indicator: String!, $start: Date!, $grain: String!) { networkByRowId(rowId: $network) { name
  figures(condition: { indicatorId: $indicator, level: "DEPARTEMENT", periodStart: $start, periodGrain: $grain }
          orderBy: [VALUE_DESC]) { territory { rowId name } value basis respondents } } }`;

interface Asked {
  network: string;
  indicator: string;
  start: string;
  grain: PeriodGrain;
}

/** The reads over the sites, networks and periods that a database has, each with many distinct variables. */
export async function readsOf(url: string): Promise<Read[]> {
  const sites = await statement<{ site: string }>(
    url,
    `select s.id as site from directory.site s
      where exists (select from indicators.published_result r
                     where r.subject_id = s.id and r.network_id = s.network_id and r.value is not null)
      order by md5(s.id) limit 2000`,
  );
  const asked = await statement<Asked>(
    url,
    `select network_id as network, indicator_id as indicator, period_start::text as start,
            period_grain as grain
       from indicators.figure f
      where level = 'NATIONAL' and typology_id = '' and value is not null
        and exists (select from indicators.figure d where d.network_id = f.network_id and d.indicator_id = f.indicator_id
                     and d.period_start = f.period_start and d.period_grain = f.period_grain and d.level = 'DEPARTEMENT')
      order by md5(network_id || indicator_id || period_start) limit 2000`,
  );
  const maps = asked.map((one) => ({ ...one, period: periodLabel(one.grain, one.start) }));
  const overviews = [
    ...new Map(
      maps.map(({ indicator, start, grain, period }) => [
        indicator + period,
        { indicator, start, grain, period },
      ]),
    ).values(),
  ];
  // The hub alone tells of them what those that followed them have.
  const former = await statement<{ name: string }>(
    url,
    'select name from directory.network where successor_id is not null',
  );
  return [sitePage(sites), overview(overviews, new Set(former.map(({ name }) => name))), map(maps)];
}

const gets = (path: string, variables: readonly Record<string, string>[]): Request[] =>
  variables.map((each) => ({ method: 'GET', path: `/${path}?${new URLSearchParams(each)}` }));

function sitePage(variables: readonly { site: string }[]): Read {
  const whole = (name: string, network: string, territory: string, comparisons: { key: string }[]) => ({
    name,
    network,
    territory,
    comparisons: byKey(comparisons),
  });
  return {
    what: 'page of a site, 12 results',
    requests: {
      hub: posts({ query: HUB_SITE, variables }),
      PostGraphile: posts({ query: POSTGRAPHILE_SITE, variables }),
      'raw SQL': gets('site', variables),
    },
    facts: {
      hub: ({ data: { site } }) =>
        whole(
          site.name,
          site.network.name,
          site.territory.name,
          site.comparisons.map((each: Answer) => ({
            key: each.indicator.userTitle,
            start: parsePeriod(each.period).start,
            respondents: each.local.respondents,
            values: [each.local, each.departement, each.region, each.national, each.lowest, each.highest]
              .map((figure) => number(figure?.value))
              .concat(number(each.median)),
          })),
        ),
      PostGraphile: ({ data: { siteByRowId: site } }) =>
        whole(
          site.name,
          site.network.name,
          site.commune.name,
          site.comparisons.map((each: Answer) => ({
            key: each.indicator.userTitle,
            start: each.periodStart,
            respondents: each.respondents,
            values: [each.value, each.departement?.value, each.region?.value, each.national?.value]
              .concat(each.spread?.lowest, each.spread?.highest, each.spread?.median)
              .map(number),
          })),
        ),
      'raw SQL': (site) =>
        whole(
          site.name,
          site.network,
          site.territory,
          site.comparisons.map((each: Answer) => ({
            key: each.title,
            start: each.start,
            respondents: each.respondents,
            values: [each.value, each.departement, each.region, each.national]
              .concat(each.lowest, each.highest, each.median)
              .map(number),
          })),
        ),
    },
  };
}

/** A figure of a map; places without a figure are left out: the hub alone tells of them. */
const figure = (territory: string, { value, basis, respondents }: Answer, name?: string) => ({
  key: territory,
  name,
  value: number(value),
  basis,
  respondents,
});
const withFigure = (rows: readonly Answer[]) => rows.filter(({ basis }) => basis !== null);

function overview(
  variables: readonly (Omit<Asked, 'network'> & { period: string })[],
  former: ReadonlySet<string>,
): Read {
  const forHub = variables.map(({ indicator, period }) => ({ indicator, period }));
  const forRivals = variables.map(({ indicator, start, grain }) => ({ indicator, start, grain }));
  const whole = (networks: { key: string; rows: { key: string }[] }[]) =>
    byKey(
      networks
        .filter(({ key, rows }) => rows.length > 0 && !former.has(key))
        .map(({ key, rows }) => ({ key, rows: byKey(rows) })),
    );
  return {
    what: 'national overview, networks by région',
    requests: {
      hub: posts({ query: HUB_OVERVIEW, variables: forHub }),
      PostGraphile: posts({ query: POSTGRAPHILE_OVERVIEW, variables: forRivals }),
      'raw SQL': gets('overview', forRivals),
    },
    facts: {
      hub: ({ data }) =>
        whole(
          data.networks.map(({ name, figures }: Answer) => ({
            key: name,
            rows: withFigure(figures?.nodes ?? []).map((row) => figure(row.territory.id, row)),
          })),
        ),
      PostGraphile: ({ data }) =>
        whole(
          data.allNetworksList.map(({ name, figures }: Answer) => ({
            key: name,
            rows: figures.map((row: Answer) => figure(row.territoryId, row)),
          })),
        ),
      'raw SQL': (networks) =>
        whole(
          networks.map(({ name, figures }: Answer) => ({
            key: name,
            rows: figures.map((row: Answer) => figure(row.territory, row)),
          })),
        ),
    },
  };
}

function map(variables: readonly (Asked & { period: string })[]): Read {
  const forHub = variables.map(({ network, indicator, period }) => ({ network, indicator, period }));
  const forRivals = variables.map(({ network, indicator, start, grain }) => ({
    network,
    indicator,
    start,
    grain,
  }));
  const whole = (name: string, rows: { key: string }[]) => ({ name, rows: byKey(rows) });
  return {
    what: 'map of the départements',
    requests: {
      hub: posts({ query: HUB_MAP, variables: forHub }),
      PostGraphile: posts({ query: POSTGRAPHILE_MAP, variables: forRivals }),
      'raw SQL': gets('map', forRivals),
    },
    facts: {
      hub: ({ data: { network } }) =>
        whole(
          network.name,
          withFigure(network.figures.nodes).map((row) => figure(row.territory.id, row, row.territory.name)),
        ),
      PostGraphile: ({ data: { networkByRowId: network } }) =>
        whole(
          network.name,
          network.figures.map((row: Answer) => figure(row.territory.rowId, row, row.territory.name)),
        ),
      'raw SQL': (network) =>
        whole(
          network.name,
          network.figures.map((row: Answer) => figure(row.territory, row, row.name)),
        ),
    },
  };
}

/** How many answers are compared before anything is measured. */
const COMPARED = 20;

/** Throws unless every reader says the same of the first variables; how many values were compared. */
export async function compareAnswers(read: Read, readers: Readonly<Record<Reader, Hub>>): Promise<number> {
  let compared = 0;
  for (let index = 0; index < Math.min(COMPARED, read.requests.hub.length); index += 1) {
    const said = await Promise.all(
      (['hub', 'PostGraphile', 'raw SQL'] as const).map(async (reader) => {
        const request = read.requests[reader][index];
        if (!request) throw new Error(`${read.what}: no request ${index} for ${reader}.`);
        return read.facts[reader](await ask(readers[reader], request));
      }),
    );
    const [ours, ...others] = said;
    for (const other of others) deepStrictEqual(other, ours);
    compared += (JSON.stringify(ours).match(/\d\.\d|\d[,\]}]/g) ?? []).length;
  }
  if (compared === 0) throw new Error(`${read.what}: the answers hold no value to compare.`);
  return compared;
}
