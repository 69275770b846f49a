/** Row types of surveys and of the scores of procedures. */
export interface SurveyTables {
  'indicators.survey_answer': SurveyAnswerTable;
  'indicators.survey_intake': SurveyIntakeTable;
  'indicators.survey_purge': SurveyPurgeTable;
  'indicators.survey_waiting': SurveyWaitingView;
  'indicators.jdma_service': JdmaServiceTable;
  'indicators.jdma_count': JdmaCountTable;
}

/** An answer to a survey, which no role but the owner reads. */
interface SurveyAnswerTable {
  network_id: string;
  /** The sender's own, unique in its network. */
  reference: string;
  question_id: string;
  subject_kind: 'SITE' | 'STRUCTURE';
  subject_id: string;
  answered_on: string;
  answer: AnswerStep;
  /** The publication that counts it; null while it waits. */
  import_id: string | null;
}

/** The four steps of the scale, the best first. */
export const ANSWER_STEPS = ['VERY_FAVOURABLE', 'FAVOURABLE', 'UNFAVOURABLE', 'VERY_UNFAVOURABLE'] as const;
export type AnswerStep = (typeof ANSWER_STEPS)[number];

/** What a publication counted of one question. */
interface SurveyIntakeTable {
  import_id: string;
  network_id: string;
  question_id: string;
  first_day: string;
  last_day: string;
  answers: number;
}

/** How far the answers to a question were erased. */
interface SurveyPurgeTable {
  network_id: string;
  question_id: string;
  purged_through: string;
}

/** Answers of a day that wait, in numbers, for the network whose they are. */
interface SurveyWaitingView {
  network_id: string;
  question_id: string;
  answered_on: string;
  answers: number;
}

/** Which procedure a service of « Je donne mon avis » is. */
interface JdmaServiceTable {
  service_id: string;
  title: string;
  network_id: string;
  procedure_id: string;
  import_id: string;
  import_row: number | null;
}

/** Answers to a form within an interval. */
interface JdmaCountTable {
  service_id: string;
  form_id: string;
  starts_on: string;
  ends_on: string;
  five_steps: boolean;
  very_good: number;
  good: number;
  medium: number;
  bad: number;
  very_bad: number;
  import_id: string;
  import_row: number | null;
}
