"""`import azureml.mlflow`: with Azure it takes runs to the workspace; here they go to the server that started the step anyhow."""

from pipewright_beside import installed

if installed(__name__) is None:

    def get_portal_url(run):
        from azureml.core.run import Run

        return Run(None, run if isinstance(run, str) else run.info.run_id).get_portal_url()

    def get_mlflow_tracking_uri(*_unused, **_named):
        from azureml.core import _local

        return _local.tracking_uri() or ""

    def register_model(run, name, path, tags=None, **_unused):
        from azureml.core.run import Run

        return Run(None, run.info.run_id).register_model(name, path, tags=tags)
