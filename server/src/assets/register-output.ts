import { kindOfType } from '@pipewright/shared/asset/asset.ts';
import { isDataType, type DataType } from '@pipewright/shared/component/port-type.ts';
import type { RegisterOutputRequest } from '@pipewright/shared/http/register.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import { nameIt, typeOfBytes, whyNotNamed } from './register-bytes.ts';
import { refused, type RegisterOutcome, type RegisterParts } from './register-parts.ts';

/** Gives a name to what a step of a run has put out. Its bytes are stored already. */
export async function registerOutput(parts: RegisterParts, request: RegisterOutputRequest): Promise<RegisterOutcome> {
  const { run, step, port } = request.output;
  const wrong = whyNotNamed(request);
  if (wrong !== null) return refused('wrong', wrong);
  const row = await parts.store.runs.step(RunId.parse(run), step);
  const artifact = row?.status === 'completed' || row?.status === 'reused' ? row.outputs[port] : undefined;
  if (!artifact) return refused('missing', `Run ${run} has no output ${port} of step ${step}.`);
  if (!isDataType(artifact.type)) return refused('wrong', `Output ${port} of step ${step} is a value: only data and models have names.`);
  const release = parts.artifacts.upkeep.hold();
  try {
    if (!(await parts.artifacts.has(artifact.hash)))
      return refused('missing', `The bytes of output ${port} were deleted to free space. Run the pipeline again.`);
    const type = request.type ?? (await typeOf(parts, request, { ...artifact, type: artifact.type }));
    return await nameIt(parts, request, { type, artifact: { ...artifact, type }, path: null, origin: { run, step, port }, notes: [] });
  } finally {
    release();
  }
}

async function typeOf({ artifacts }: RegisterParts, { kind }: RegisterOutputRequest, artifact: Artifact & { readonly type: DataType }): Promise<DataType> {
  return kindOfType(artifact.type) === kind ? artifact.type : await typeOfBytes(kind, artifacts.pathOf(artifact.hash), artifact.isFolder);
}
