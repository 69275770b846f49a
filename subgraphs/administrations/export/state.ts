import { sql } from 'kysely';
import type { ExportState } from '../../../kernel/export/set.ts';

/** Whatever moves in the directory comes with a publication and a revision. */
export const administrationsState = sql<ExportState>`
  select concat_ws('.', coalesce(max(i.publication), 0),
                   (select coalesce(max(r.number), 0) from directory.revision r)) as version,
         max(i.finished_at) as modified
    from administrations.import i where i.publication is not null`;
