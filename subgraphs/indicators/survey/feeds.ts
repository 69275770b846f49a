/** What the journal calls publications of answers: files of them, and those that came through the graph. */
export const SURVEY_FILE = 'survey-answers';
export const SURVEY_WRITTEN = 'survey-answers-api';
export const SURVEY_FEEDS: readonly string[] = [SURVEY_FILE, SURVEY_WRITTEN];
