"""Compiles the built-in rules while the wheel is built, so that a start needn't read YAML.

Why this file exists: see `pathfinder.loader.compiled`. An editable install gets none, so that
nobody who changes the code that reads rules is given what the code of yesterday read.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRules(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "src")))
        from pathfinder.loader.compiled import FILE_NAME, compiled
        from pathfinder.loader.load import load_rules

        self.folder = tempfile.TemporaryDirectory()
        made = Path(self.folder.name, FILE_NAME)
        made.write_bytes(compiled(load_rules(Path(self.root, "rules"))))
        build_data["force_include"][str(made)] = f"pathfinder/{FILE_NAME}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.folder.cleanup()
