import { sql } from 'kysely';
import type { Writing } from '../../../kernel/write/writing.ts';
import { commitmentsAmong } from '../fact/commitments.ts';
import { Mistakes, today } from '../fact/mistakes.ts';
import { DIAGNOSES } from '../fact/sources.ts';
import { type SaveInput, saveFact } from '../fact/write.ts';
import type { DiagnosisRow, ImprovementDatabase } from '../tables.ts';

interface FindingInput {
  commitment: string;
  score?: number | null | undefined;
  comment?: string | null | undefined;
}

export interface SaveDiagnosisInput extends SaveInput {
  madeOn: string;
  findings: readonly FindingInput[];
}

/** The two lists of commitments together have seventeen. */
const MOST_FINDINGS = 20;

/** Makes a self-diagnosis, or replaces what one says: its day, and a finding for each commitment examined. */
export const saveDiagnosis = (writing: Writing<ImprovementDatabase>, input: SaveDiagnosisInput) =>
  saveFact<DiagnosisRow, SaveDiagnosisInput>(
    writing,
    { kind: DIAGNOSES, name: 'saveSelfDiagnosis' },
    input,
    async (trx) => {
      const mistakes = new Mistakes();
      const { madeOn, findings } = input;
      mistakes.pastDay(madeOn, today(), 'madeOn');
      if (findings.length > MOST_FINDINGS)
        mistakes.add('TOO_MANY', `Expected ${MOST_FINDINGS} findings at most.`, 'findings');
      const known = await commitmentsAmong(
        trx,
        findings.map(({ commitment }) => commitment),
      );
      const kept = findings.map(({ commitment, score = null, comment }, rank) => {
        if (!known.has(commitment))
          mistakes.add('UNKNOWN_COMMITMENT', 'No such commitment.', 'findings', rank, 'commitment');
        if (findings.findIndex((other) => other.commitment === commitment) < rank)
          mistakes.add(
            'DUPLICATE',
            'Another finding is about this commitment.',
            'findings',
            rank,
            'commitment',
          );
        if (score !== null && (score < 0 || score > 100))
          mistakes.add('OUT_OF_RANGE', 'Expected a score from 0 to 100.', 'findings', rank, 'score');
        return {
          commitmentId: commitment,
          score,
          comment: mistakes.text(comment, 4000, 'findings', rank, 'comment'),
        };
      });
      mistakes.refuse();
      return { made_on: madeOn, findings: sql`${JSON.stringify(kept)}::jsonb` };
    },
  );
