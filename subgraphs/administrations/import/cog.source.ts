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
  return { name: `decoupage-administratif-${version}.ndjson`, stream: Readable.from(lines(folder, version)) };
}

/** Read only when somebody reads the stream: most starts find this geography in place. */
async function* lines(folder: string, version: string): AsyncGenerator<string> {
  const [major = '0'] = version.split('.');
  const line = (element: object) => `${JSON.stringify(element)}\n`;
  // The package says so in its README: version 6 is the COG of 2026, version 1 that of 2021.
  yield line({ millesime: 2020 + Number(major) });
  for (const name of ['regions', 'departements', 'communes']) {
    const elements = JSON.parse(await readFile(join(folder, 'data', `${name}.json`), 'utf8')) as object[];
    for (const element of elements) yield line(element);
  }
  for (const center of await centers()) yield line(center);
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
