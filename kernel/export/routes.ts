import type { RawRoute } from '../raw/route.ts';
import { answerExport, type ExportPlace } from './answer.ts';
import { answerListing } from './listing.ts';
import { mayExport } from './permitted.ts';
import { readRequest, setNamed } from './request.ts';
import type { ExportSet } from './set.ts';

/** `GET /export/<set>` and `GET /export/<set>.<csv|ndjson|parquet>` for the sets of a subgraph. */
export function exportRoutes(place: ExportPlace, sets: readonly ExportSet[]): RawRoute {
  return {
    method: 'GET',
    path: '/export/:file',
    bodyLimit: 0,
    handle: async (request) => {
      const { viewer, params, query } = request;
      const { set, format } = setNamed(sets, params.file ?? '');
      const network = mayExport(viewer, set, query);
      const asked = readRequest(set, format ?? 'csv', query, network);
      return format === null ? answerListing(place, asked) : answerExport(place, asked, request);
    },
  };
}
