/** Something that users tell, in sentences that go together; `{service}` and `{procedure}` are filled in. */
export interface DemoTopic {
  feeling: 'Positif' | 'Neutre' | 'Négatif';
  /** How often it is told, against the others. */
  weight: number;
  /** Columns of the themes that it is sorted under. */
  tags: readonly string[];
  channels: readonly string[];
  titles: readonly string[];
  /** One sentence of each list makes the text. */
  sentences: readonly (readonly string[])[];
  /** What the structure answers to it. */
  replies: readonly string[];
  /** What the service could consider. */
  improvements: readonly string[];
}
