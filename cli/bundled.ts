import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cogSource } from '../subgraphs/administrations/import/cog.source.ts';
import { type BundledFile, importBundled } from './bundled-file.ts';
import { loadDemo } from './demo/load.ts';
import { isNational } from './demo/national/there.ts';
import { refreshAll } from './refresh.ts';

const bundled = (path: string) => fileURLToPath(new URL(`../data/${path}`, import.meta.url));

const file = (feed: string, folder: string, name: string, more: Partial<BundledFile> = {}): BundledFile => ({
  feed,
  name,
  open: () => bundled(`${folder}${name}`),
  ...more,
});

/** Real data, in the order in which one needs the other. */
async function realFiles(): Promise<BundledFile[]> {
  const cog = await cogSource();
  return [
    { feed: 'cog', name: cog.name, open: () => cog },
    file('annuaire', '', 'annuaire-programme.json.gz'),
    ...readdirSync(bundled('barometre'))
      .sort()
      .map((name) => file('barometre', 'barometre/', name)),
    ...KNOWN_FACTS,
  ];
}

/** What the programme's own documents say of a few services; see data/README.md. */
const KNOWN_FACTS: readonly BundledFile[] = [
  file('sp-structures', 'facts/', 'structures-connues.csv'),
  file('network-results', 'facts/', 'dossier-de-presse-2021.csv'),
  file('network-results', 'facts/', 'article-services-publics-plus.csv'),
  file('network-results', 'facts/', 'police-secours-2019.csv'),
];

/**
 * Loads what the hub brings: geography, directory, barometer, known facts, and the demonstration set unless
 * `demo` is false. Files that the journal knows are left alone, so a second start reads nothing.
 *
 * @throws Error naming the file when one is refused: it comes with the hub, so it must be right
 */
export async function loadBundledData(
  databaseUrl: string,
  { demo }: { demo: boolean },
  report: (step: string) => void,
): Promise<void> {
  for (const each of await realFiles()) await importBundled(databaseUrl, each, report);
  if (demo && !(await isNational(databaseUrl))) await loadDemo(databaseUrl, report);
  await refreshAll(databaseUrl);
}
