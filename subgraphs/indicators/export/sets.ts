import type { ExportSet } from '../../../kernel/export/set.ts';
import { figuresExport } from './figures.export.ts';
import { resultsExport } from './results.export.ts';

/** What this subgraph exports. */
export const indicatorsExports: readonly ExportSet[] = [resultsExport, figuresExport];
