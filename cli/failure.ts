/** Codes of PostgreSQL for a schema, a table and a column that are not there. */
const MISSING = new Set(['3F000', '42P01', '42703']);
const OWN_ROLE = /^role "\w+_(?:owner|public|agent)" does not exist$/;

/** What went wrong with a command, in one sentence for its user. */
export function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const missing = 'code' in error && typeof error.code === 'string' && MISSING.has(error.code);
  if (!missing && !OWN_ROLE.test(error.message)) return error.message;
  return `the database is not up to date (${error.message}): run npm run hub -- migrate`;
}
