"""Draws tunelab's figures in JupyterLab: a prebuilt extension, without Python code of its own."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("jupyterlab-tunelab")
except PackageNotFoundError:
    # Imported from the sources, without having been installed.
    __version__ = "dev"


def _jupyter_labextension_paths():
    """Tells ``jupyter labextension develop`` where the built extension is."""
    return [{"src": "labextension", "dest": "jupyterlab-tunelab"}]
