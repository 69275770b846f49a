import { badInput } from '../../../kernel/errors.ts';
import type { ProvenanceRow } from '../../../kernel/graphql/builder.ts';
import type { AdministrationsContext } from '../context.ts';
import { type Optional, textOf } from '../input.ts';
import { askPage, type PageArguments } from '../page.ts';
import { provenanceOf } from '../provenance.ts';
import type { NetworkCommitment } from './commitment.ts';

const VERSIONS = ['2021', '2024'];

/** The version asked, null for both; BAD_USER_INPUT for a year without list. */
export function versionOf(value: Optional<string>): string | null {
  const version = textOf(value, 'version');
  if (version !== null && !VERSIONS.includes(version)) {
    throw badInput(`"version" must be ${VERSIONS.join(' or ')}.`);
  }
  return version;
}

/** Where a wording comes from: a file, or the network itself, which wrote it through the graph. */
export async function wordingSource(
  { importId, writtenAt, networkId }: NetworkCommitment,
  _args: unknown,
  context: AdministrationsContext,
): Promise<ProvenanceRow | null> {
  if (writtenAt === null) return provenanceOf(importId, null, context);
  const network = await context.loaders.network.byId.load(networkId);
  const source = network?.name ?? networkId;
  return { source, file: null, license: null, importedAt: writtenAt, publishedOn: null, row: null };
}

/** A page of where a network shows one of its commitments. */
export async function displaysPage(
  wording: NetworkCommitment,
  args: PageArguments,
  { loaders: { commitment } }: AdministrationsContext,
) {
  const { networkId, commitmentId } = wording;
  const { slice, toPage } = askPage(['displays', networkId, commitmentId], args);
  const rows = await commitment.displays(slice).load({ networkId, commitmentId });
  return toPage(
    rows,
    async () => (await commitment.displayCount.load({ networkId, commitmentId }))?.count ?? 0,
  );
}
