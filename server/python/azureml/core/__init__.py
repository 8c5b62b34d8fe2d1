"""The little of `azureml-core` that training scripts use: `Run.get_context()` and its logging, on the step's own tracking."""

from pipewright_beside import installed

if installed(__name__) is None:
    from azureml.core.run import Run  # noqa: F401

    def __getattr__(name):
        raise ImportError(f"azureml.core.{name} needs the package azureml-core: add it to the step's environment. Without it there is Run.get_context() only")
