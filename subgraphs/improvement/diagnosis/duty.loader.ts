import type { Kysely } from 'kysely';
import {
  decodeCursor,
  encodeCursor,
  foreignCursor,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import { isDayAndId } from '../../../kernel/graphql/lists.ts';
import { loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { dutyOf, type OverdueUnit, overdueUnits } from './duty.query.ts';

/** The yearly duty of networks: how it is kept by day, and pages of the units that owe. */
export function dutyLoader(db: Kysely<ImprovementDatabase>) {
  const kept = loaderPerArguments((asOf: string) =>
    rowLoader(
      (networks: readonly string[]) => dutyOf(db, asOf, networks),
      (network) => network,
      (row) => row.network_id,
    ),
  );
  return {
    kept,
    async overdue(
      network: string,
      asOf: string,
      page: { first?: number | null | undefined; after?: string | null | undefined },
    ) {
      const size = pageSize(page.first);
      const list = JSON.stringify(['selfDiagnosesOverdue', network, asOf]);
      const after = decodeCursor(list, page.after);
      if (after !== null && !isDayAndId(after)) throw foreignCursor();
      const rows = await overdueUnits(db, network, asOf, { after, limit: size + 1 });
      return toPage<OverdueUnit>(
        rows,
        size,
        page.after,
        ({ last_on, id }) => encodeCursor(list, [last_on, id]),
        async () => (await kept(asOf).load(network))?.overdue ?? 0,
      );
    },
  };
}
