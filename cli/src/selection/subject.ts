/** A connection to test. */
export interface Subject {
  readonly name: string;
  readonly region: string;
  /** Whether the user has named it. Glue not being able to test it is a failure then, and no failure otherwise. */
  readonly isNamed: boolean;
}

/** A connection that is not tested. */
export interface Omitted {
  readonly name: string;
  readonly region?: string;
  /** One sentence, without a full stop. */
  readonly reason: string;
}

export interface Selection {
  readonly subjects: readonly Subject[];
  readonly omitted: readonly Omitted[];
}
