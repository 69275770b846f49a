import { randomUUID } from 'node:crypto';
import type { ViewerRole } from '../../../kernel/viewer.ts';
import { perform } from '../../../kernel/write/command.ts';
import { type Outcome, refuse } from '../../../kernel/write/refused.ts';
import { requestOf, type Writing } from '../../../kernel/write/writing.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { mistake, mistakesOf, type ReportDocumentInput, submissionOf } from './input.ts';
import { type Known, knownOf } from './places.query.ts';
import { addReport, attach, attachable } from './report.query.ts';

/** What a reporter gets to keep: the report itself is not public before it is triaged. */
export interface Receipt {
  id: string;
  /** ISO date, UTC. */
  receivedOn: string;
}

/** Who work for a public service. */
const AGENTS: ReadonlySet<ViewerRole> = new Set([
  'LOCAL_REFERENT',
  'SUPER_AGENT',
  'NETWORK_HQ',
  'MODERATOR',
  'DITP',
]);

/**
 * Anybody with a key reports a document as too complex. Neither the comment, nor the suggestion, nor the files are ever
 * public; the audit has none of their words.
 *
 * @throws HubError as `perform`; BAD_USER_INPUT for characters that are no text
 */
export function reportDocument(
  writing: Writing<SimplificationDatabase>,
  input: ReportDocumentInput,
): Promise<Outcome<Receipt>> {
  const submission = submissionOf(input);
  const request = requestOf(writing, 'reportDocument', input);
  return perform(writing.owner, { ...request, scope: null, network: null }, async (trx, audit) => {
    refuse(mistakesOf(submission));
    const { viewer } = writing;
    const files = await attachable(trx, submission.files, viewer.subject ?? '');
    refuse([
      ...unknownPlaces(await knownOf(trx, submission)),
      ...submission.files.flatMap((file, rank) => (files.has(file) ? [] : [unknownFile(rank)])),
    ]);
    const id = `REP-${randomUUID()}`;
    const reportedBy = AGENTS.has(viewer.role) ? 'AGENT' : 'USER';
    const { receivedOn } = await addReport(trx, { id, reportedBy, submission });
    await attach(trx, submission.files, { network: submission.network, id });
    const { network, structure, site, kind, document, problems } = submission;
    await audit({
      networkId: network,
      action: 'DOCUMENT_REPORTED',
      objectId: id,
      before: null,
      after: {
        status: 'RECEIVED',
        receivedOn,
        reportedBy,
        kind,
        structure,
        site,
        document,
        problems,
        files: submission.files,
      },
    });
    return { id, receivedOn };
  });
}

/** One that somebody else sent, that is attached already, or that is not there: all alike. */
const unknownFile = (rank: number) =>
  mistake(
    'UNKNOWN_FILE',
    'Expected the id of a file that you deposited and that is attached to no report yet.',
    'files',
    String(rank),
  );

function unknownPlaces(known: Known) {
  if (!known.network) {
    return [mistake('UNKNOWN_NETWORK', 'Expected the id of a network, such as NET-caf.', 'network')];
  }
  return [
    ...(known.structure
      ? []
      : [mistake('UNKNOWN_STRUCTURE', 'Expected a structure of this network.', 'structure')]),
    ...(known.site ? [] : [mistake('UNKNOWN_SITE', 'Expected a site of this network.', 'site')]),
    ...(known.document
      ? []
      : [mistake('UNKNOWN_DOCUMENT', 'Expected a document of the register of this network.', 'document')]),
  ];
}
