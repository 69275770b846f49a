import { publicSupergraph } from '../contract.ts';
import type { GatewayOptions } from '../options.ts';
import { clientSchema } from '../supergraph.ts';
import { DocumentStore } from './document.ts';
import { openDocuments } from './store.ts';

/** The trusted documents of a gateway, checked against both contracts of its supergraph. */
export async function documentsFor(
  options: GatewayOptions['documents'],
  supergraph: string,
): Promise<DocumentStore> {
  if (!options) return new DocumentStore([]);
  return openDocuments({
    folder: options.folder,
    schema: clientSchema(supergraph),
    publicSchema: clientSchema(publicSupergraph(supergraph)),
  });
}
