/** What is asked of a runtime. */
interface Asked {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  /** JSON text; of a POST. */
  text: string | undefined;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/**
 * A request whose body the host has read, as far as runtimes read requests. A `Request` of the platform would turn the
 * text into a stream again, which the runtime pipes through another one to count its bytes: the host has done so.
 */
export class TextRequest implements Pick<Request, 'method' | 'url' | 'headers' | 'body' | 'signal'> {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  /** There is no stream to read. */
  readonly body = null;
  readonly #text: string;

  constructor({ method, url, headers, text = '', signal }: Asked) {
    this.method = method;
    this.url = url;
    this.headers = new Headers(headers);
    this.signal = signal;
    this.#text = text;
  }

  async text(): Promise<string> {
    return this.#text;
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.#text);
  }
}
