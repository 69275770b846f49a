import type { Versioned, Writing } from '../../../kernel/write/writing.ts';
import { Mistakes } from '../fact/mistakes.ts';
import { stepOf } from '../fact/step.ts';
import type { FactSubjectInput } from '../fact/subject.check.ts';
import { changeFact, type SaveInput, saveFact } from '../fact/write.ts';
import type { ConferenceRow } from '../governance/tables.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { CONFERENCES } from './conference.kind.ts';
import { conferenceWorkflow } from './conference.workflow.ts';

interface Planned {
  title: string;
  plannedOn: string;
}

export interface PlanConferenceInput extends SaveInput, Planned {
  subject: FactSubjectInput;
}

export interface RescheduleInput extends Versioned, Planned {
  id: string;
}

/** Plans a conference; its day may be past, for one that is told afterwards. */
export const planConference = (writing: Writing<ImprovementDatabase>, input: PlanConferenceInput) =>
  saveFact<ConferenceRow, PlanConferenceInput>(
    writing,
    { kind: CONFERENCES, name: 'planConference' },
    input,
    async () => {
      const mistakes = new Mistakes();
      const content = planned(input, mistakes);
      mistakes.refuse();
      return { ...content, state: conferenceWorkflow.initial };
    },
  );

/** Sets another day or title for a conference that has not been held. */
export const rescheduleConference = (writing: Writing<ImprovementDatabase>, input: RescheduleInput) =>
  changeFact<ConferenceRow, RescheduleInput>(
    writing,
    { kind: CONFERENCES, name: 'rescheduleConference' },
    input,
    stepOf<ConferenceRow, keyof typeof conferenceWorkflow.steps>(
      CONFERENCES.noun,
      {
        flow: conferenceWorkflow,
        verb: 'reschedule',
        content: (_trx, _row, mistakes) => planned(input, mistakes),
      },
      {},
    ),
  );

const planned = ({ title, plannedOn }: Planned, mistakes: Mistakes) => ({
  title: mistakes.saidText(title, 300, 'title'),
  planned_on: plannedOn,
});
