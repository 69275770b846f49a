import type pg from 'pg';
import { EXTENSION_SCHEMA, type Role, roleName } from './roles.ts';
import { valueTypes } from './values.ts';

/** A startup option reaches the server as one word: blanks and backslashes are escaped. */
const option = (name: string, value: string) => `-c ${name}=${value.replace(/[\\ ]/g, '\\$&')}`;

export interface SessionOptions {
  /** Longest time one statement may run, in milliseconds; 0 for no limit. */
  statementTimeoutMs?: number | undefined;
  /** What the connection reads from; a socket of Node when omitted. */
  stream?: NonNullable<pg.ClientConfig['stream']>;
}

/** Reading must not hang on a page that nobody waits for; migrations and imports take the time they need. */
const DEFAULT_TIMEOUT_MS: Record<Role, number> = { owner: 0, public: 8000, agent: 8000 };

/**
 * Settings of one connection. The role, the schema and the statement timeout are set at connection start, in
 * the startup packet: no statement is spent on them and a pool can never hand out a connection without them.
 */
export function sessionConfig(
  url: string,
  subgraph: string,
  role: Role,
  options: SessionOptions = {},
): pg.ClientConfig {
  const target = new URL(url);
  const asked = target.searchParams.get('options');
  target.searchParams.delete('options');
  const settings = [
    asked ?? '',
    option('search_path', `${subgraph}, ${EXTENSION_SCHEMA}, public`),
    option('statement_timeout', String(options.statementTimeoutMs ?? DEFAULT_TIMEOUT_MS[role])),
    option('timezone', 'UTC'),
    // Last, so that nothing in the URL can change who the connection acts as.
    option('role', roleName(subgraph, role)),
  ];
  return {
    connectionString: target.href,
    options: settings.join(' ').trim(),
    application_name: `hub ${subgraph} ${role}`,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: valueTypes,
    ...(options.stream && { stream: options.stream }),
  };
}
