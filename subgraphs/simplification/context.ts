import type { Kysely } from 'kysely';
import { isDayAndId, pagesOf } from '../../kernel/graphql/lists.ts';
import type { Access } from '../../kernel/graphql/open.ts';
import { listLoader, loaderPerArguments, rowLoader } from '../../kernel/loader.ts';
import type { SubjectKind } from '../../kernel/postgres/subject.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import type { Writing } from '../../kernel/write/writing.ts';
import { documentsById } from './document/document.query.ts';
import {
  complexitiesOf,
  countDocuments,
  type DocumentFilter,
  documentPages,
  type RegisterOf,
} from './document/list.query.ts';
import { unpublishedDocuments } from './document/unpublished.page.ts';
import { documentWorks } from './document/work.query.ts';
import { type FunnelArguments, funnelsOf } from './funnel/funnel.query.ts';
import { simplificationStats } from './funnel/stats.query.ts';
import type { StatDimension } from './funnel/stats.ts';
import type { GalleryFilter } from './gallery/filter.ts';
import { beforeAfterById, countBeforeAfter, latestBeforeAfter } from './gallery/gallery.query.ts';
import { panelCounts } from './panel/panel.query.ts';
import type { ReportFilter } from './report/filter.ts';
import { queueOf } from './report/queue.page.ts';
import { countReports, latestReports, reportsById } from './report/report.query.ts';
import type { ReportSubject } from './report/selection.query.ts';
import { workRows } from './report/work.query.ts';
import { rewritesOf } from './rewrite/rewrite.query.ts';
import type { BeforeAfterRow } from './rewrite/tables.ts';
import {
  countSessions,
  countSessionsOfNetwork,
  invitationsOf,
  latestSessions,
  type SessionFilter,
  type SessionKind,
  sessionsById,
  sessionsOfNetwork,
  visibleSession,
} from './session/session.query.ts';
import type { SessionRow } from './session/tables.ts';
import { privateParts } from './submission/private.query.ts';
import type { DocumentRow, ReportRow, SimplificationDatabase } from './tables.ts';

/** What one request of this subgraph reads through: every look-up is batched. */
export type SimplificationContext = ReturnType<typeof contextFor>;

const self = (id: string) => id;

/** @param access what is not published, as far as the viewer may reach it */
export function contextFor(
  db: Kysely<SimplificationDatabase>,
  viewer: Viewer,
  access: Access<SimplificationDatabase>,
) {
  const writing: Writing<SimplificationDatabase> = { viewer, ...access };
  return {
    viewer,
    /** What commands work with. */
    writing,
    /** As it is now, whatever this request has read of it before. */
    fresh: {
      report: async (id: string) => (await workRows(access.agent, [id]))[0] ?? null,
      document: async (id: string) => (await documentWorks(access.agent, [id]))[0] ?? null,
    },
    queue: (args: Parameters<typeof queueOf>[1]) => queueOf(access.agent, args),
    unpublishedDocuments: (network: string, page: Parameters<typeof unpublishedDocuments>[2]) =>
      unpublishedDocuments(access.agent, network, page),
    simplificationStats: (filter: ReportFilter, groupBy: readonly StatDimension[]) =>
      simplificationStats(db, filter, groupBy),
    loaders: {
      report: rowLoader(
        (ids: readonly string[]) => reportsById(db, ids),
        self,
        (row) => row.id,
      ),
      document: rowLoader(
        (ids: readonly string[]) => documentsById(db, ids),
        self,
        (row) => row.id,
      ),
      documentWork: rowLoader(
        (ids: readonly string[]) => documentWorks(access.agent, ids),
        self,
        (row) => row.id,
      ),
      complexity: rowLoader(
        (ids: readonly string[]) => complexitiesOf(db, ids),
        self,
        (row) => row.id,
      ),
      work: rowLoader(
        (ids: readonly string[]) => workRows(access.agent, ids),
        self,
        (row) => row.id,
      ),
      beforeAfter: rowLoader(
        (ids: readonly string[]) => beforeAfterById(db, ids),
        self,
        (row) => row.id,
      ),
      rewrites: listLoader(
        (reports: readonly string[]) => rewritesOf(access.agent, reports),
        self,
        (row) => row.report_id,
      ),
      privatePart: rowLoader(
        (ids: readonly string[]) => privateParts(access.agent, ids),
        self,
        (row) => row.id,
      ),
      testSession: rowLoader(
        (ids: readonly string[]) => sessionsById(db, ids),
        self,
        (row) => row.id,
      ),
      invitations: listLoader(
        (ids: readonly string[]) => invitationsOf(access.agent, ids),
        self,
        (row) => row.session_id,
      ),
      funnel: loaderPerArguments((args: FunnelArguments) =>
        rowLoader(
          (parents: readonly string[]) => funnelsOf(db, args, parents),
          self,
          (row) => row.parent,
        ),
      ),
    },
    /** The volunteers in numbers, for those who hold sessions. */
    panel: () => panelCounts(access.agent),
    /** A session whatever its state, as far as the viewer may see it. */
    preparedSession: (id: string) => visibleSession(access.agent, id),
    testSessions: pagesOf<SessionKind, SessionFilter, SessionRow>({
      name: 'testSessions',
      rows: (args, parents) => latestSessions(db, args, parents),
      count: (args, parents) => countSessions(db, args, parents),
      keyOf: ({ held_on, id }) => [held_on, id],
      isKey: isDayAndId,
    }),
    preparedSessions: pagesOf<SessionKind, SessionFilter, SessionRow>({
      name: 'preparedTestSessions',
      rows: (args) => sessionsOfNetwork(access.agent, args),
      count: ({ filter }) => countSessionsOfNetwork(access.agent, filter.network ?? ''),
      keyOf: ({ planned_on, id }) => [planned_on, id],
      isKey: isDayAndId,
    }),
    gallery: pagesOf<SubjectKind, GalleryFilter, BeforeAfterRow>({
      name: 'beforeAfter',
      rows: (args, parents) => latestBeforeAfter(db, args, parents),
      count: (args, parents) => countBeforeAfter(db, args, parents),
      keyOf: ({ published_on, id }) => [published_on, id],
      isKey: isDayAndId,
    }),
    register: pagesOf<RegisterOf, DocumentFilter, DocumentRow>({
      name: 'administrativeDocuments',
      rows: (args, parents) => documentPages(db, args, parents),
      count: (args, parents) => countDocuments(db, args, parents),
      keyOf: ({ title, id }) => [title, id],
      isKey: (key) => key.length === 2 && key.every((part) => part !== null),
    }),
    reports: pagesOf<ReportSubject, ReportFilter, ReportRow>({
      name: 'simplificationReports',
      rows: (args, parents) => latestReports(db, args, parents),
      count: (args, parents) => countReports(db, args, parents),
      keyOf: ({ received_on, id }) => [received_on, id],
      isKey: isDayAndId,
    }),
  };
}
