"""What entry scripts of parallel steps import of Azure's: a logger and the folders of the step."""

import logging
import os


class EntryScript:
    def __init__(self):
        self.logger = logging.getLogger("EntryScript")

    @property
    def log_dir(self):
        return os.path.join(os.getcwd(), "logs")

    @property
    def working_dir(self):
        return os.getcwd()

    @property
    def output_dir(self):
        return os.path.join(os.getcwd(), "outputs")
