import { conferenceRows, ideaRows } from './dialogue.ts';
import type { CsvRow } from './files.ts';
import { decisionRows, majorRows } from './governance.ts';
import { labelRows } from './improvement.ts';
import { auditRows, surveyRows } from './label-evidence.ts';
import type { DemoPlace } from './places.ts';

/** Rows about labels, conferences, ideas and governance, by feed, in the order of their loading. */
export const demoGovernance = (places: readonly DemoPlace[], lastDay: string) =>
  ({
    'label-audits': () => auditRows(labelRows(places, lastDay)),
    'label-surveys': () => surveyRows(labelRows(places, lastDay)),
    conferences: () => conferenceRows(places, lastDay),
    ideas: () => ideaRows(places, lastDay),
    'major-actions': () => majorRows(lastDay),
    decisions: () => decisionRows(lastDay),
  }) satisfies Readonly<Record<string, () => Iterable<CsvRow>>>;

/** Names of their files. */
export const GOVERNANCE_FILES = {
  'label-audits': 'audits-labels',
  'label-surveys': 'enquetes-labels',
  conferences: 'conferences',
  ideas: 'idees',
  'major-actions': 'actions-majeures',
  decisions: 'decisions',
} as const;
