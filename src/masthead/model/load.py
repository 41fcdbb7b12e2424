"""A publication's folder becomes its ContentModel: content.py and content.lock, or the default."""

import importlib.util
import sys
import traceback
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from types import ModuleType

from masthead.kernel import ModelError, Place
from masthead.model.collecting import collecting
from masthead.model.compile import compile_model
from masthead.model.computing import Functions, computing_functions
from masthead.model.content_model import ContentModel
from masthead.model.declaration import Entry, Singleton
from masthead.model.default import DEFAULT_PUBLICATION
from masthead.model.lock import ContentLock, read_lock

MODEL_FILE = "content.py"
LOCK_FILE = "content.lock"


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """The model, and the lock as it must be written beside content.py (None: nothing to write).

    `functions` compute the model's computed fields. They stay outside of the model, which is data.
    `declarations` are what content.py says besides its types, for rooms above this one to read: policies.
    """

    model: ContentModel
    lock: ContentLock
    lock_path: Path | None
    functions: Functions = field(default_factory=dict)
    declarations: tuple[object, ...] = ()

    def write_lock(self) -> bool:
        """Write content.lock where it differs from what is there; tell whether it did."""
        text = self.lock.to_text()
        if self.lock_path is None or (self.lock_path.exists() and self.lock_path.read_text("utf-8") == text):
            return False
        self.lock_path.write_text(text, "utf-8")
        return True


def default_model() -> ContentModel:
    """The model of a folder without a content.py."""
    return compile_model(DEFAULT_PUBLICATION, default_lock())[0]


def default_lock() -> ContentLock:
    """The lock of the default publication, which travels with the package."""
    with_path = files("masthead.model") / "default.lock"
    return read_lock(Path(str(with_path)))


def load_model(folder: Path) -> LoadedModel:
    """The model of the publication in `folder`.

    Raises ModelError when content.py does not run or declares something that cannot be.
    """
    source = folder / MODEL_FILE
    if not source.exists():
        return LoadedModel(default_model(), default_lock(), None)
    lock_path = folder / LOCK_FILE
    with collecting() as declarations:
        declared = _declared_types(_execute(source), source)
    model, lock = compile_model(declared, read_lock(lock_path))
    return LoadedModel(model, lock, lock_path, computing_functions(declared), tuple(declarations))


def _execute(source: Path) -> ModuleType:
    name = "masthead_content"
    spec = importlib.util.spec_from_file_location(name, source)
    if spec is None or spec.loader is None:
        raise AssertionError("unreachable: a .py file has a loader")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(
            "model-error",
            f"{MODEL_FILE} does not run: {type(error).__name__}: {error}.",
            "Mend the line; `python content.py` shows the whole traceback.",
            Place(file=str(source), line=_line_in(source, error)),
        ) from error
    return module


def _line_in(source: Path, error: Exception) -> int | None:
    if isinstance(error, SyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == str(source)), None)


def _declared_types(module: ModuleType, source: Path) -> list[type[Entry]]:
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Entry) and value not in (Entry, Singleton)
    ]
    if not found:
        raise ModelError(
            "model-empty",
            f"{MODEL_FILE} declares no content type.",
            "Declare one, as `class Post(mh.Entry): …`, or remove the file to get the default publication.",
            Place(file=str(source)),
        )
    return list(dict.fromkeys(found))
