/** The part of autocannon that the benchmark uses; the package brings no types. */
declare module 'autocannon' {
  interface LoadRequest {
    method: 'GET' | 'POST';
    path: string;
    headers?: Record<string, string>;
    body?: string;
  }
  interface LoadClient {
    setRequests(requests: readonly LoadRequest[]): void;
  }
  interface LoadOptions {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    /** Seconds that one answer may take. */
    timeout: number;
    requests: readonly LoadRequest[];
    setupClient(client: LoadClient): void;
  }
  interface LoadResult {
    /** Seconds that the run really took. */
    duration: number;
    requests: { total: number };
    /** Milliseconds. */
    latency: { p50: number; p99: number };
    errors: number;
    timeouts: number;
    statusCodeStats: Record<string, { count: number }>;
  }
  export default function autocannon(options: LoadOptions): Promise<LoadResult>;
}
