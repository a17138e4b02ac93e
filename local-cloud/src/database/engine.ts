/** The programs of one database server: made ready once, then served. */
export interface Engine {
  initialize(superuser: string, password: string): Promise<void>;

  /** Resolves once the server accepts connections. */
  serve(port: number): Promise<void>;
}
