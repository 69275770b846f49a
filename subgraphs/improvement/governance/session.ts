import { periodOf } from '../../../kernel/period.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { Mistakes, today } from '../fact/mistakes.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { SESSIONS } from './governance.kind.ts';
import { type NationalSave, saveNational } from './national.write.ts';
import type { GovernanceBody, SessionRow } from './tables.ts';

export interface SaveSessionInput extends NationalSave {
  body: GovernanceBody;
  heldOn: string;
  period?: string | null | undefined;
  summary?: string | null | undefined;
}

/**
 * Tells of a session of the steering committee or of one of its commissions, or replaces what was told. It counts for
 * the half-year of its day unless another is said: a committee of June may meet in July.
 */
export const saveSession = (writing: Writing<ImprovementDatabase>, input: SaveSessionInput) =>
  saveNational<SessionRow, SaveSessionInput>(
    writing,
    { kind: SESSIONS, name: 'saveGovernanceSession' },
    input,
    async () => {
      const mistakes = new Mistakes();
      const { body, heldOn } = input;
      mistakes.pastDay(heldOn, today(), 'heldOn');
      const period = input.period ?? periodOf('SEMESTER', heldOn).label;
      if (!/^[1-9]\d{3}-S[12]$/.test(period))
        mistakes.add('BAD_PERIOD', 'Expected a half-year such as 2024-S1.', 'period');
      const content = {
        body,
        held_on: heldOn,
        period,
        summary: mistakes.text(input.summary, 4000, 'summary'),
      };
      mistakes.refuse();
      return content;
    },
  );
