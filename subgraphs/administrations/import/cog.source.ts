import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** Centres of communes, made by `scripts/extract-directory.ts`. */
const CENTERS = new URL('../../../data/commune-centers.csv.gz', import.meta.url);

/**
 * The geography that comes with the hub, as one file for the feed `cog`: régions, départements and communes of
 * the package `@etalab/decoupage-administratif` (or of another vintage of it, unpacked in `folder`), then the
 * centres of communes, one JSON object per line.
 */
export async function cogSource(folder = installed()): Promise<{ name: string; stream: Readable }> {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  const [major = '0'] = version.split('.');
  // The package says so in its README: version 6 is the COG of 2026, version 1 that of 2021.
  const lines: object[] = [{ millesime: 2020 + Number(major) }];
  for (const name of ['regions', 'departements', 'communes']) {
    lines.push(...(JSON.parse(await readFile(join(folder, 'data', `${name}.json`), 'utf8')) as object[]));
  }
  lines.push(...(await centers()));
  const text = lines.map((line) => `${JSON.stringify(line)}\n`);
  return { name: `decoupage-administratif-${version}.ndjson`, stream: Readable.from(text) };
}

const installed = () =>
  dirname(createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/package.json'));

async function centers(): Promise<object[]> {
  const rows = parse(gunzipSync(await readFile(CENTERS)), { columns: true }) as Readonly<
    Record<'code' | 'latitude' | 'longitude' | 'method', string>
  >[];
  return rows.map(({ code, latitude, longitude, method }) => ({
    centre: code,
    latitude: Number(latitude),
    longitude: Number(longitude),
    methode: method,
  }));
}
