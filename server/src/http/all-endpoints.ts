import { listActivity } from './activity/list-activity.ts';
import { assetEndpoints } from './assets/asset-endpoints.ts';
import { registerAsset } from './assets/register-asset.ts';
import { uploadFile } from './assets/upload-file.ts';
import { answerComment } from './comments/answer-comment.ts';
import { listComments } from './comments/list-comments.ts';
import { removeComment } from './comments/remove-comment.ts';
import { resolveComment } from './comments/resolve-comment.ts';
import { rewordComment } from './comments/reword-comment.ts';
import { startComment } from './comments/start-comment.ts';
import { codeEndpoints } from './components/component-code.ts';
import { editComponent } from './components/edit-component.ts';
import { getComponent } from './components/get-component.ts';
import { listComponents } from './components/list-components.ts';
import { registerMadeComponent } from './components/register-made-component.ts';
import { archiveDraft } from './drafts/archive-draft.ts';
import { createCheckpoint } from './drafts/create-checkpoint.ts';
import { createDraft } from './drafts/create-draft.ts';
import { getCheckpoint } from './drafts/get-checkpoint.ts';
import { getDraft } from './drafts/get-draft.ts';
import { getDraftData } from './drafts/get-draft-data.ts';
import { getDraftInside } from './drafts/get-draft-inside.ts';
import { listCheckpoints } from './drafts/list-checkpoints.ts';
import { listPublishedOfDraft } from './drafts/list-published-of-draft.ts';
import { renameCheckpoint } from './drafts/rename-checkpoint.ts';
import { listDrafts } from './drafts/list-drafts.ts';
import { planDraft } from './drafts/plan-draft.ts';
import { restoreDraft } from './drafts/restore-draft.ts';
import { runDraft } from './drafts/run-draft.ts';
import { saveOps } from './drafts/save-ops.ts';
import { testComponent } from './drafts/test-component.ts';
import type { AnyEndpoint } from './endpoint.ts';
import { buildEnvironmentNow } from './environments/build-environment.ts';
import { registerMadeEnvironment } from './environments/register-made-environment.ts';
import { getLock } from './environments/get-lock.ts';
import { listEnvironments } from './environments/list-environments.ts';
import { exportDraft } from './exports/export-draft.ts';
import { exportPublished } from './exports/export-published.ts';
import { exportRun } from './exports/export-run.ts';
import { getGalleryItem } from './gallery/get-gallery-item.ts';
import { cloneSample } from './gallery/clone-sample.ts';
import { listGallery } from './gallery/list-gallery.ts';
import { addDraftFiles } from './imports/add-draft-files.ts';
import { importArchive } from './imports/import-archive.ts';
import { importFiles } from './imports/import-files.ts';
import { importSource } from './pipeline-sources/import-source.ts';
import { planSource } from './pipeline-sources/plan-source.ts';
import { validateSource } from './pipeline-sources/validate-source.ts';
import { listPipelines } from './pipelines/list-pipelines.ts';
import { getVersion } from './pipelines/get-version.ts';
import { listVersions } from './pipelines/list-versions.ts';
import { publishPipeline } from './pipelines/publish-pipeline.ts';
import { cancelRun } from './runs/cancel-run.ts';
import { cloneRun } from './runs/clone-run.ts';
import { resumeRun } from './runs/resume-run.ts';
import { getRun } from './runs/get-run.ts';
import { getRunMetrics } from './runs/get-run-metrics.ts';
import { getRunPlan } from './runs/get-run-plan.ts';
import { getStepLog } from './runs/get-step-log.ts';
import { getLoggedFile } from './runs/get-logged-file.ts';
import { getStepMetrics } from './runs/get-step-metrics.ts';
import { getTrials } from './runs/get-trials.ts';
import { getStepOutput } from './runs/get-step-output.ts';
import { listRunAssets } from './runs/list-run-assets.ts';
import { listOutputs } from './runs/list-outputs.ts';
import { listRunEvents } from './runs/list-run-events.ts';
import { removeRun } from './runs/remove-run.ts';
import { listRuns } from './runs/list-runs.ts';
import { submitRun } from './runs/submit-run.ts';
import { collectGarbage } from './storage/collect-garbage.ts';
import { verifyObjects } from './storage/verify-objects.ts';
import { getTrackedFile } from './tracked-runs/get-tracked-file.ts';
import { getTrackedMetrics } from './tracked-runs/get-tracked-metrics.ts';
import { getHealth } from './workspace/get-health.ts';
import { getWorkspace } from './workspace/get-workspace.ts';
import { updateWorkspace } from './workspace/update-workspace.ts';

/** The table of contents of `/api`: what is not here does not exist, and what is here is in `openapi.json`. */
export const allEndpoints: readonly AnyEndpoint[] = [
  getHealth,
  getWorkspace,
  updateWorkspace,
  listGallery,
  getGalleryItem,
  cloneSample,
  listDrafts,
  createDraft,
  getDraft,
  getDraftInside,
  getDraftData,
  archiveDraft,
  restoreDraft,
  saveOps,
  listCheckpoints,
  createCheckpoint,
  getCheckpoint,
  renameCheckpoint,
  listPublishedOfDraft,
  listActivity,
  listComments,
  startComment,
  resolveComment,
  answerComment,
  rewordComment,
  removeComment,
  planDraft,
  runDraft,
  testComponent,
  exportDraft,
  listPipelines,
  publishPipeline,
  listVersions,
  getVersion,
  exportPublished,
  listComponents,
  registerMadeComponent,
  editComponent,
  ...codeEndpoints,
  listEnvironments,
  buildEnvironmentNow,
  registerMadeEnvironment,
  getLock,
  ...assetEndpoints,
  getComponent,
  registerAsset,
  uploadFile,
  listRuns,
  submitRun,
  getRun,
  getRunPlan,
  getRunMetrics,
  exportRun,
  listRunEvents,
  cancelRun,
  cloneRun,
  removeRun,
  resumeRun,
  getStepLog,
  getStepMetrics,
  listRunAssets,
  listOutputs,
  getLoggedFile,
  getTrials,
  getStepOutput,
  getTrackedMetrics,
  getTrackedFile,
  validateSource,
  planSource,
  importSource,
  importFiles,
  importArchive,
  addDraftFiles,
  collectGarbage,
  verifyObjects,
];
