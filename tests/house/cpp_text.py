"""C++ sources as the house checks read them: comments blanked, every line still in its place."""

import pathlib
import re

FOLDERS = ("engine", "ui", "app", "tests")
SUFFIXES = (".h", ".cpp")

_TOKEN = re.compile(
    r"""//(?:[^\n\\]|\\.)*(?:\\\n[^\n]*)*
      | /\*.*?\*/
      | (?P<raw>R"(?P<mark>[^()\s\\]{0,16})\(.*?\)(?P=mark)")
      | (?P<string>"(?:[^"\\\n]|\\.)*")
      | (?P<number>\b\d[\w']*)
      | (?P<char>'(?:[^'\\\n]|\\.)+')""",
    re.VERBOSE | re.DOTALL)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """The text with comments blanked; strings and characters stay."""
    return _TOKEN.sub(lambda m: m.group() if m.lastgroup else _blank(m.group()), text)


def code_only(text):
    """The text with comments blanked and strings and characters emptied, so that every brace counts."""
    def replace(match):
        if match.lastgroup == "number":
            return match.group()
        if match.lastgroup is None:
            return _blank(match.group())
        return '"' + _blank(match.group()[1:-1]) + '"'
    return _TOKEN.sub(replace, text)


def sources(root):
    """The C++ files of the repository at `root`, as paths relative to it, sorted."""
    root = pathlib.Path(root)
    found = [path.relative_to(root) for folder in FOLDERS for path in (root / folder).rglob("*")
             if path.suffix in SUFFIXES]
    return sorted(found)
