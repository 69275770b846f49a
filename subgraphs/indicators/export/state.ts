import { sql } from 'kysely';
import type { ExportState } from '../../../kernel/export/set.ts';

/**
 * Results and figures move with a publication, figures also when the directory moves or the threshold of respondents
 * does, titles with a revision of their indicator.
 */
export const indicatorsState = sql<ExportState>`
  select concat_ws('.', coalesce(max(i.publication), 0),
                   (select s.revision || '.' || s.suppression_threshold from indicators.directory_state s),
                   (select coalesce(max(r.number), 0) from directory.revision r),
                   (select coalesce(sum(d.revision), 0) from indicators.indicator d)) as version,
         max(i.finished_at) as modified
    from indicators.import i where i.publication is not null`;
