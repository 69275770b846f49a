// PostGraphile 5 over the views of the benchmark, as its documentation says for production.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { jsonPgSmartTags } from 'postgraphile/utils';
import { listen } from './listen.ts';

const GROUP = 'network_id,indicator_id,period_start,period_grain,definition_version';
const figureOf = (territory, name) =>
  `(network_id,indicator_id,${territory},period_start,period_grain,definition_version) references rivals.figure ` +
  `(network_id,indicator_id,territory_id,period_start,period_grain,definition_version)|@fieldName ${name}|@behavior -manyToOne`;

/** Views have no keys of their own: these are those of the tables behind them. */
const TAGS = {
  version: 1,
  config: {
    class: {
      'rivals.network': { tags: { primaryKey: 'id' } },
      'rivals.territory': { tags: { primaryKey: 'id' } },
      'rivals.site': {
        tags: {
          primaryKey: 'id',
          foreignKey: [
            '(network_id) references rivals.network (id)|@fieldName network',
            '(commune_id) references rivals.territory (id)|@fieldName commune',
          ],
        },
      },
      'rivals.definition': { tags: { primaryKey: 'indicator_id,version' } },
      'rivals.figure': {
        tags: {
          primaryKey: 'network_id,indicator_id,territory_id,period_start,period_grain,definition_version',
          foreignKey: [
            '(network_id) references rivals.network (id)|@fieldName network|@foreignSimpleFieldName figures',
            '(territory_id) references rivals.territory (id)|@fieldName territory',
          ],
        },
      },
      'rivals.spread': { tags: { primaryKey: GROUP } },
      'rivals.comparison': {
        tags: {
          primaryKey: 'site_id,indicator_id',
          foreignKey: [
            '(site_id) references rivals.site (id)|@fieldName site|@foreignSimpleFieldName comparisons',
            '(indicator_id,definition_version) references rivals.definition (indicator_id,version)|@fieldName indicator',
            `(${GROUP}) references rivals.spread (${GROUP})|@fieldName spread`,
            figureOf('departement_id', 'departement'),
            figureOf('region_id', 'region'),
            figureOf('national_id', 'national'),
          ],
        },
      },
    },
  },
};

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [jsonPgSmartTags(TAGS)],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ['rivals'],
      poolConfig: { max: Number(process.env.POOL) },
      pubsub: false,
    }),
  ],
  schema: { defaultBehavior: '+list -connection' },
  grafast: { explain: false },
  grafserv: { graphiql: false, websockets: false, watch: false },
};

const serv = postgraphile(preset).createServ(grafserv);
const server = createServer();
await serv.addTo(server);
await serv.ready();
await listen('PostGraphile', server);
