import type { ExportSet } from '../../../kernel/export/set.ts';
import { sitesExport } from './sites.export.ts';
import { structuresExport } from './structures.export.ts';

/** What this subgraph exports. */
export const administrationsExports: readonly ExportSet[] = [sitesExport, structuresExport];
