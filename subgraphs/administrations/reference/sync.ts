import { fileURLToPath } from 'node:url';
import { runImport } from '../../../kernel/import/run.ts';
import { bundledProcedures } from '../import/procedures.merge.ts';
import { referenceTables } from './tables.ts';

const fileOf = (name: string) => fileURLToPath(new URL(`../../../data/reference/${name}`, import.meta.url));

/**
 * Brings the reviewed tables (ministries, networks, pivots, typologies, commitments, procedures) up to date.
 * Each file is an import like any other: journalled, done once, its provenance kept.
 *
 * @throws Error naming the file and its first problem when a table is wrong
 */
export async function syncReference(databaseUrl: string): Promise<void> {
  const tables = [...referenceTables, { file: 'procedures.csv', feed: bundledProcedures }];
  for (const { file, feed } of tables) {
    const report = await runImport(feed, fileOf(file), { databaseUrl });
    if (report.state === 'REFUSED' || report.counts.rejected + report.counts.quarantined > 0) {
      const first = report.problems[0]?.samples[0];
      const reason =
        first === undefined
          ? report.refusal?.message
          : `line ${first.line}, ${first.column}: ${first.message}, found « ${first.sample} »`;
      throw new Error(`data/reference/${file}: ${reason ?? 'refused'}`);
    }
  }
}
