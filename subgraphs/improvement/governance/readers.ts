import type { Kysely } from 'kysely';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import { CONFERENCES } from '../conference/conference.kind.ts';
import { publishedFacts, workingFacts } from '../fact/facts.ts';
import { IDEAS } from '../idea/idea.kind.ts';
import { evidenceReaders } from '../label/evidence.reader.ts';
import { APPLICATIONS } from '../label/label.kind.ts';
import { MAJORS } from '../major/major.kind.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { DECISIONS, SESSIONS } from './governance.kind.ts';
import { halfYearsOf } from './half-years.query.ts';
import { nationalFacts } from './national.reader.ts';
import type { ConferenceRow, GovernanceBody, IdeaRow } from './tables.ts';

/** What labels on their way, conferences, ideas and governance are read through in one request. */
export function governanceReaders(db: Kysely<ImprovementDatabase>, agent: Agent<ImprovementDatabase>) {
  return {
    applications: workingFacts(agent, 'labelApplications', APPLICATIONS),
    evidence: evidenceReaders(db, agent),
    conferences: {
      published: publishedFacts(db, 'conferences', CONFERENCES),
      working: workingFacts<ConferenceRow>(agent, 'conferences', {
        ...CONFERENCES,
        columns: [...CONFERENCES.columns, 'reason'],
      }),
    },
    ideas: {
      published: publishedFacts(db, 'ideas', IDEAS),
      working: workingFacts<IdeaRow>(agent, 'ideas', { ...IDEAS, columns: [...IDEAS.columns, 'reason'] }),
    },
    majors: nationalFacts(db, 'majorActions', MAJORS),
    sessions: nationalFacts(db, 'governance', SESSIONS),
    decisions: nationalFacts(db, 'decisions', DECISIONS),
    halfYears: (body: GovernanceBody, until: string) => halfYearsOf(db, body, until),
  };
}
