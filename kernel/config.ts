import { z } from 'zod';
import { FILE_SHAPE, type FileSettings, fileSettings, wholeS3 } from './file-settings.ts';
import { RETENTION_SHAPE, type Retention, retentionSettings } from './retention-settings.ts';
import { type SecretKey, secretKeys, secretKeysFile } from './secret-keys.ts';
import { isSecureAddress } from './secure-address.ts';
import { SECRET_LENGTH } from './signature/limits.ts';

/** A port a process can listen on; 0 lets the system choose. */
const port = z.coerce.number().int().min(0).max(65_535);

/** Secrets separated by commas; the messages repeat nothing of them. */
const secrets = z
  .string()
  .transform((text) => text.split(',').map((secret) => secret.trim()))
  .refine((list) => list.every((secret) => secret.length >= SECRET_LENGTH), {
    message: `Each secret needs at least ${SECRET_LENGTH} characters.`,
  });

const SHAPE = z.object({
  PORT: port.default(4000).describe('Port of the gateway.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address that the servers listen on.'),
  HUB_DATA_DIR: z
    .string()
    .min(1)
    .default('.hub')
    .describe('Folder of the embedded PostgreSQL and of reports.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      'PostgreSQL 15 or newer to use instead of the embedded one: postgres://user:password@host/database.',
    ),
  HUB_DEMO: z.enum(['on', 'off']).default('on').describe('`off` starts without demonstration data.'),
  HUB_STATEMENT_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(8000)
    .describe('Longest time, in milliseconds, that one reading statement may run.'),
  HUB_SUBGRAPH_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(9000)
    .describe('Longest time, in milliseconds, that the gateway waits for one subgraph.'),
  HUB_GATEWAY_SECRETS: secrets
    .optional()
    .describe(
      'Secrets that gateway and subgraphs apart share, separated by commas: the first signs, all verify.',
    ),
  HUB_SUPPRESSION_THRESHOLD: z.coerce
    .number()
    .int()
    .min(0)
    .default(11)
    .describe('A rate computed from fewer answers than this is withheld; 0 withholds nothing.'),
  HUB_CONTACT_KEYS: secretKeys
    .optional()
    .describe(
      'Keys of the contacts of authors, `id:base64,…`: the first encrypts, all decrypt. Without it none is kept.',
    ),
  HUB_CONTACT_KEYS_FILE: secretKeysFile
    .optional()
    .describe('File that holds these keys instead, one a line, where secrets are mounted as files.'),
  HUB_RATE_ADDRESS: z.coerce
    .number()
    .int()
    .min(0)
    .default(30_000)
    .describe('Requests a minute of one address without key nor token; 0 for no limit.'),
  HUB_RATE_CALLER: z.coerce
    .number()
    .int()
    .min(0)
    .default(60_000)
    .describe('Requests a minute of one key or person; 0 for no limit.'),
  HUB_COST_LIMIT_PUBLIC: z.coerce
    .number()
    .int()
    .min(1)
    .default(12_000)
    .describe('Most that one operation may cost without a role, in objects, as estimated before it runs.'),
  HUB_COST_LIMIT_INTERNAL: z.coerce
    .number()
    .int()
    .min(1)
    .default(50_000)
    .describe('Most that one operation of a known role may cost.'),
  HUB_COST_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(0)
    .default(40_000_000)
    .describe('Most that all operations of one caller may cost in a minute; 0 for no limit.'),
  HUB_ANSWER_CACHE_MB: z.coerce
    .number()
    .int()
    .min(0)
    .max(4096)
    .default(64)
    .describe('Memory for answers that are kept until something is published, in megabytes; 0 keeps none.'),
  HUB_TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    )
    .describe(
      'Proxies whose X-Forwarded-For is believed, addresses or networks with commas; none by default.',
    ),
  HUB_ANONYMOUS_QUERIES: z
    .enum(['free', 'trusted'])
    .default('free')
    .describe('`trusted` answers trusted documents only to whoever has no role of their own; see `GET /q`.'),
  HUB_OIDC_ISSUER: z
    .string()
    .refine(isSecureAddress, 'expected an https address (http is for this machine only)')
    .optional()
    .describe('OpenID provider whose tokens are accepted, as it writes itself in `iss`.'),
  HUB_OIDC_AUDIENCE: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .refine((list) => list.every((one) => one !== ''), 'expected names separated by commas')
    .optional()
    .describe('Whom the tokens must be meant for (`aud`); several separated by commas.'),
  ...FILE_SHAPE,
  ...RETENTION_SHAPE,
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least severe log line that is written.'),
});

/** What no single setting can say. */
const SETTINGS_TOGETHER = SHAPE.refine(
  (values) => !(values.HUB_CONTACT_KEYS && values.HUB_CONTACT_KEYS_FILE),
  {
    path: ['HUB_CONTACT_KEYS_FILE'],
    message: 'Set one of HUB_CONTACT_KEYS and HUB_CONTACT_KEYS_FILE, not both.',
  },
)
  .refine(
    // Without an audience a token made for any other application of the provider would do.
    ({ HUB_OIDC_ISSUER, HUB_OIDC_AUDIENCE }) =>
      (HUB_OIDC_ISSUER === undefined) === (HUB_OIDC_AUDIENCE === undefined),
    { path: ['HUB_OIDC_AUDIENCE'], message: 'Set HUB_OIDC_ISSUER and HUB_OIDC_AUDIENCE together.' },
  )
  .refine(wholeS3, {
    path: ['HUB_FILES_S3_ENDPOINT'],
    message:
      'Set HUB_FILES_S3_ENDPOINT, _BUCKET, _ACCESS_KEY_ID and one of _SECRET_ACCESS_KEY(_FILE) together.',
  });

/** Every setting of the hub, read once at the entry of a process and passed on from there. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | undefined;
  demo: boolean;
  statementTimeoutMs: number;
  subgraphTimeoutMs: number;
  /** What the gateway signs with and subgraphs apart verify with; empty when none is configured. */
  gatewaySecrets: readonly string[];
  suppressionThreshold: number;
  /** What those without a role of their own may send: any document, or trusted ones only. */
  anonymousQueries: 'free' | 'trusted';
  /** The identity provider; null when no token is accepted. */
  oidc: { issuer: string; audience: readonly string[] } | null;
  /** Keys of the contacts of authors, the one that encrypts first; empty when none is configured. */
  contactKeys: readonly SecretKey[];
  /** How long personal things of authors and voters are kept, in days. */
  retention: Retention;
  /** Files that users send. */
  files: FileSettings;
  rates: { address: number; caller: number };
  /** What operations may cost, in objects; `perMinute` is 0 for no limit. */
  costs: { public: number; internal: number; perMinute: number };
  /** Megabytes of answers that a gateway keeps; 0 for none. */
  answerCache: number;
  trustedProxies: readonly string[];
  logLevel: string;
}

/** Name, default and meaning of each environment variable, for the documentation. */
export const SETTINGS = Object.entries(SHAPE.shape).map(([name, schema]) => ({
  name,
  default: 'defaultValue' in schema.def ? String(schema.def.defaultValue) : '',
  description: schema.description ?? '',
}));

/** Reads the settings from the environment; throws one error that names every wrong variable. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = SETTINGS_TOGETHER.safeParse(present);
  if (!parsed.success) {
    // Values stay out of the message: DATABASE_URL holds a password.
    const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Wrong settings in the environment:\n${wrong.join('\n')}`);
  }
  const values = parsed.data;
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: values.HUB_DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    demo: values.HUB_DEMO === 'on',
    statementTimeoutMs: values.HUB_STATEMENT_TIMEOUT_MS,
    subgraphTimeoutMs: values.HUB_SUBGRAPH_TIMEOUT_MS,
    gatewaySecrets: values.HUB_GATEWAY_SECRETS ?? [],
    suppressionThreshold: values.HUB_SUPPRESSION_THRESHOLD,
    anonymousQueries: values.HUB_ANONYMOUS_QUERIES,
    oidc:
      values.HUB_OIDC_ISSUER && values.HUB_OIDC_AUDIENCE
        ? { issuer: values.HUB_OIDC_ISSUER, audience: values.HUB_OIDC_AUDIENCE }
        : null,
    contactKeys: values.HUB_CONTACT_KEYS ?? values.HUB_CONTACT_KEYS_FILE ?? [],
    retention: retentionSettings(values),
    files: fileSettings(values),
    rates: { address: values.HUB_RATE_ADDRESS, caller: values.HUB_RATE_CALLER },
    costs: {
      public: values.HUB_COST_LIMIT_PUBLIC,
      internal: values.HUB_COST_LIMIT_INTERNAL,
      perMinute: values.HUB_COST_PER_MINUTE,
    },
    answerCache: values.HUB_ANSWER_CACHE_MB,
    trustedProxies: values.HUB_TRUSTED_PROXIES,
    logLevel: values.LOG_LEVEL,
  };
}
