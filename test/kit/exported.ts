import type { ExportFormat } from '../../kernel/export/formats.ts';
import { readRequest } from '../../kernel/export/request.ts';
import { openSnapshot, piecesIn, stateIn } from '../../kernel/export/rows.ts';
import type { ExportSet } from '../../kernel/export/set.ts';
import { copied, exportBytes } from '../../kernel/export/stream.ts';

/** The whole file of an export, as an operator gets it. @param parameters as in the address, `layout=open-data` */
export async function exportedFile(
  databaseUrl: string,
  { set, subgraph }: { set: ExportSet; subgraph: string },
  format: ExportFormat,
  parameters = '',
): Promise<Buffer> {
  const snapshot = await openSnapshot(databaseUrl, subgraph);
  const asked = readRequest(set, format, new URLSearchParams(parameters), null);
  const { version } = await stateIn(snapshot, asked);
  const pieces = await piecesIn(snapshot, asked);
  return Buffer.concat(await Array.fromAsync(copied(exportBytes(snapshot, asked, pieces, version))));
}
