/**
 * A request whose body the host has read, and which is no stream any more. Of a body that is one, the runtime would pipe
 * the bytes through another to count them, which the host has done.
 */
export class TextRequest extends Request {
  override readonly body = null;
  readonly #text: string;

  constructor(url: string, init: Omit<RequestInit, 'body'>, text = '') {
    super(url, init);
    this.#text = text;
  }

  override async text(): Promise<string> {
    return this.#text;
  }

  override async json(): Promise<unknown> {
    return JSON.parse(this.#text);
  }
}
