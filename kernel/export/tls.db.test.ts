import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { exportedFile } from '../../test/kit/exported.ts';
import { behindTls } from '../../test/kit/tls-server.ts';
import { ROWS, toySet } from './toy/set.ts';

const { url } = await testDatabase();
const many = toySet(sql`cross join generate_series(1, 2000) as n`, ROWS, sql`r.words || n`);

test('over TLS, files are the same to the byte', async () => {
  const secure = await behindTls(url);
  for (const format of ['csv', 'ndjson', 'parquet'] as const) {
    const of = (address: string) => exportedFile(address, { set: many, subgraph: 'simplification' }, format);
    const [plain, ours] = [await of(url), await of(secure)];
    expect(plain.length, format).toBeGreaterThan(format === 'parquet' ? 0 : 1_000_000);
    expect(ours.equals(plain), format).toBe(true);
  }
});

test('a certificate that is not trusted is refused', async () => {
  const secure = new URL(await behindTls(url));
  secure.searchParams.delete('sslrootcert');
  const set = { set: toySet(), subgraph: 'simplification' };
  await expect(exportedFile(secure.href, set, 'csv')).rejects.toThrow('certificate');
});
