/** What distributed programs ask for to know who they are, by the kind of distribution: the only process of a world of one. */
const byKind: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pytorch: {
    RANK: '0',
    WORLD_SIZE: '1',
    LOCAL_RANK: '0',
    LOCAL_WORLD_SIZE: '1',
    NODE_RANK: '0',
    GROUP_RANK: '0',
    MASTER_ADDR: '127.0.0.1',
  },
  mpi: {
    OMPI_COMM_WORLD_RANK: '0',
    OMPI_COMM_WORLD_SIZE: '1',
    OMPI_COMM_WORLD_LOCAL_RANK: '0',
    OMPI_COMM_WORLD_LOCAL_SIZE: '1',
  },
};

/** The variables of a step that asks to be distributed; it runs as one process here. TensorFlow and Ray are alone unless they are told otherwise. */
export function distributionVariables(distribution: unknown): Readonly<Record<string, string>> {
  if (distribution === null || typeof distribution !== 'object' || !('type' in distribution)) return {};
  const kind = String(distribution.type).toLowerCase();
  return Object.hasOwn(byKind, kind) ? (byKind[kind] ?? {}) : {};
}
