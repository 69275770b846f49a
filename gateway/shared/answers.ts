import { Body } from '../documents/body.ts';
import type { Freshness, Moment } from './freshness.ts';

/** What an answer that is to be kept depends on. */
export interface Origin {
  /** The supergraph that it was asked of, see `SharedAnswers.generation`. */
  generation: number;
  /** Names document, operation and variables. */
  key: string;
  /** Taken before anything was read for it. */
  moment: Moment;
  /** Schemas that it was read from. */
  domains: readonly string[];
  /** What it costs whoever asks, in objects. */
  estimate: number;
}

/** An answer that is kept. */
export interface KeptAnswer extends Origin {
  body: Body;
}

/** One form of an answer as it was sent: its tag and bytes, and the names and values of its headers in turn. */
export interface Form {
  tag: string;
  /** Each character a byte: Node sends such a text with the headers in one piece, bytes in two. */
  bytes: string;
  /** Of the whole answer (200), and of what is sent to who has it already (304); each ends in a value to be filled. */
  whole?: string[];
  unchanged?: string[];
}

/** A request that came before, byte for byte: its answer, and what is said of it in headers. */
export interface Recalled {
  answer: KeptAnswer;
  headers: Readonly<Record<string, string>>;
  /** What was sent to such requests, by what they accept. */
  forms: Map<string, Form>;
}

/** What became of requests since the start, and what is kept now. */
export interface AnswerFigures {
  hits: number;
  /** Hits that were answered before the host's framework saw them. */
  byLane: number;
  /** Nothing was kept for it, and it might have been. */
  misses: number;
  /** Answers that a publication outdated. */
  dropped: number;
  /** Answers that made room. */
  evicted: number;
  entries: number;
  bytes: number;
}

/** What an entry takes beside its texts, in bytes: measured, roughly. */
const OVERHEAD = 1000;

/** Requests that are remembered for one answer: clients spell the same one differently. */
const MOST_SPELLINGS = 8;

/** Forms that are remembered for one request, and the longest text that a request may name one with. */
const MOST_FORMS = 6;
const LONGEST_FORM = 400;

interface Entry {
  answer: KeptAnswer;
  spellings: string[];
  bytes: number;
}

/**
 * Answers of the public contract that depend on what is published only, kept in this process until a publication
 * outdates them; those asked longest ago make room. Nothing is given out whose freshness is not known at that moment.
 */
export class SharedAnswers {
  readonly freshness: Freshness;
  readonly #most: number;
  /** The one asked last is the last. */
  readonly #entries = new Map<string, Entry>();
  readonly #spellings = new Map<string, Recalled>();
  #bytes = 0;
  #generation = 0;
  readonly #counts = { hits: 0, byLane: 0, misses: 0, dropped: 0, evicted: 0 };

  /** @param most bytes kept; 0 keeps nothing */
  constructor(freshness: Freshness, most: number) {
    this.freshness = freshness;
    this.#most = most;
  }

  /** Another number for each supergraph: what is asked of one is not kept for the next. */
  get generation(): number {
    return this.#generation;
  }

  get figures(): AnswerFigures {
    return { ...this.#counts, entries: this.#entries.size, bytes: this.#bytes };
  }

  /** The answer to a request that came before, if it is still fresh. Not a promise while freshness is known. */
  recall(request: string): Recalled | undefined | Promise<Recalled | undefined> {
    const known = this.#spellings.get(request);
    if (!known) return undefined;
    const moment = this.freshness.now(known.answer.domains);
    if (typeof moment === 'number') return this.#ifFresh(known.answer) ? known : undefined;
    return this.#recallLater(known, moment);
  }

  /** The answer for a key, if it is fresh; `moment` is that of the request. */
  find(key: string, moment: Moment | null): KeptAnswer | undefined {
    const answer = moment === null ? undefined : this.#entries.get(key)?.answer;
    if (answer && this.#ifFresh(answer)) return answer;
    this.#counts.misses += 1;
    return undefined;
  }

  /** Keeps an answer, unless a publication has outdated it meanwhile or it is too large. */
  keep(origin: Origin, text: string): KeptAnswer | undefined {
    const kept = this.#entries.get(origin.key);
    // Identical requests that shared one run come here each.
    if (kept && kept.answer.moment >= origin.moment) return kept.answer;
    if (origin.generation !== this.#generation) return undefined;
    if (!this.freshness.holds(origin.moment, origin.domains)) return undefined;
    // No text has fewer bytes than characters: what is surely too large is not turned into bytes.
    if (text.length > this.#most / 8) return undefined;
    const answer: KeptAnswer = { ...origin, body: new Body(text) };
    const bytes = answer.body.bytes.length + 2 * origin.key.length + OVERHEAD;
    if (bytes > this.#most / 8) return undefined;
    if (kept) this.#forget(kept);
    const entry: Entry = { answer, spellings: [], bytes: 0 };
    this.#entries.set(origin.key, entry);
    answer.body.onGrowth = (more) => this.#grow(entry, more);
    this.#grow(entry, bytes);
    return answer;
  }

  /** Remembers a request whose answer this is. */
  spell(request: string, answer: KeptAnswer, headers: Readonly<Record<string, string>>): void {
    const entry = this.#entries.get(answer.key);
    if (entry?.answer !== answer || this.#spellings.has(request)) return;
    if (entry.spellings.length >= MOST_SPELLINGS) return;
    entry.spellings.push(request);
    this.#spellings.set(request, { answer, headers, forms: new Map() });
    this.#grow(entry, 2 * request.length + OVERHEAD / 4);
  }

  /** A request that came before, fresh or not. */
  spelled(request: string): Recalled | undefined {
    return this.#spellings.get(request);
  }

  /** Whether an answer is fresh as far as is known now, without waiting. */
  isFreshNow({ moment, domains }: KeptAnswer): boolean {
    return this.freshness.known(domains) !== undefined && this.freshness.holds(moment, domains);
  }

  /** Counts an answer that was given out beside `recall`. */
  used(answer: KeptAnswer): void {
    this.#counts.byLane += 1;
    const entry = this.#entries.get(answer.key);
    if (entry) this.#hit(entry);
  }

  /** Remembers how the answer to a request was sent, by what the request accepts. */
  shape(recalled: Recalled, accepted: string, form: Form): void {
    const { answer, forms } = recalled;
    const entry = this.#entries.get(answer.key);
    if (entry?.answer !== answer || accepted.length > LONGEST_FORM) return;
    const known = forms.get(accepted);
    if (!known && forms.size >= MOST_FORMS) return;
    const isNew = form.whole ? !known?.whole : !known?.unchanged;
    if (!isNew) return;
    forms.set(accepted, { ...known, ...form, bytes: form.bytes || (known?.bytes ?? '') });
    const headers = [accepted, ...(form.whole ?? form.unchanged ?? [])].join('');
    this.#grow(entry, 2 * headers.length + form.bytes.length + OVERHEAD / 4);
  }

  /** Lets everything go: the supergraph is another one. */
  clear(): void {
    this.#generation += 1;
    for (const entry of this.#entries.values()) this.#forget(entry);
  }

  async #recallLater(known: Recalled, moment: Promise<Moment | null> | null): Promise<Recalled | undefined> {
    if ((await moment) === null || !this.#ifFresh(known.answer)) return undefined;
    return known;
  }

  #ifFresh(answer: KeptAnswer): boolean {
    const entry = this.#entries.get(answer.key);
    if (entry?.answer !== answer) return false;
    if (!this.freshness.holds(answer.moment, answer.domains)) {
      this.#counts.dropped += 1;
      this.#forget(entry);
      return false;
    }
    this.#hit(entry);
    return true;
  }

  #hit(entry: Entry): void {
    this.#counts.hits += 1;
    this.#entries.delete(entry.answer.key);
    this.#entries.set(entry.answer.key, entry);
  }

  #grow(entry: Entry, bytes: number): void {
    if (this.#entries.get(entry.answer.key) !== entry) return;
    entry.bytes += bytes;
    this.#bytes += bytes;
    for (const oldest of this.#entries.values()) {
      if (this.#bytes <= this.#most) return;
      this.#counts.evicted += 1;
      this.#forget(oldest);
    }
  }

  #forget(entry: Entry): void {
    this.#entries.delete(entry.answer.key);
    for (const request of entry.spellings) this.#spellings.delete(request);
    this.#bytes -= entry.bytes;
  }
}
