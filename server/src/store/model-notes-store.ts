/** A name of models as such: it may be there before any version is. */
export interface ModelName {
  readonly name: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What MLflow says of a version besides what the asset itself holds. */
export interface ModelVersionNote {
  readonly name: string;
  readonly version: string;
  /** The tracked run, and the logged model, that it was made from. */
  readonly run: string | null;
  readonly model: string | null;
  /** As the client said. */
  readonly source: string;
  readonly stage: string;
  readonly updatedAt: number;
}

/**
 * What is said of models that only clients of MLflow know. The versions themselves are assets, with their texts, tags and
 * labels; nothing of that stands here.
 */
export interface ModelNotesStore {
  names(): Promise<readonly ModelName[]>;
  setName(name: ModelName): Promise<void>;
  removeName(name: string): Promise<void>;
  /** Of one name, or of all. */
  versions(name?: string): Promise<readonly ModelVersionNote[]>;
  setVersion(note: ModelVersionNote): Promise<void>;
}
