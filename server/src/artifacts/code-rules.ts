/** What a step's code may be. */
export interface CodeRules {
  readonly maxBytes: number;
  readonly maxFiles: number;
  /** Never part of any code; null: nobody knows of one. */
  readonly dataFolder: string | null;
}

export const defaultCodeRules: CodeRules = { maxBytes: 500_000_000, maxFiles: 20_000, dataFolder: null };
