"""What runs in every frame of the recorded pages, before the application's own scripts."""

from importlib.resources import files

_PARTS = ("elements", "pointing", "acts", "secrets", "listening")


def script() -> str:
    """The parts as one function: nothing of them is in the page's reach but a mark that it runs already."""
    parts = [files(__package__).joinpath(f"{name}.js").read_text(encoding="utf-8") for name in _PARTS]
    once = (
        "if (window.__inboxwrightListening) return;\n"
        'Object.defineProperty(window, "__inboxwrightListening", { value: true });\n'
    )
    return "\n".join(["(() => {", once, *parts, "})();"])
