#!/usr/bin/env python3
"""Checks that every folder includes, and links, only what the house allows it.

  layers.py ROOT         prints each breach as path:line: what, and exits 1 if there is one
  layers.py --self-test  shows on made-up trees that each kind of breach is found

The table ALLOWED is the rule (design, "The house"). Own files are included by their path from the
root, in quotes. The same table holds for the targets that a module's
CMakeLists.txt links, because the include paths of Debian's packages are open to everybody.
"""

import pathlib
import re
import sys
import tempfile

import cpp_text

ENGINE = ("spec", "link", "data", "net", "learn", "measure", "figure", "run")

# folder -> (own folders it may include besides itself, libraries). A library with "*" may be
# included by .cpp files only and is linked PRIVATE.
ALLOWED = {
    "engine/spec": ((), ("json*",)),
    "engine/link": (("spec",), ()),
    "engine/data": (ENGINE[:2], ("torch", "stb*", "zlib*", "archive*", "crypto*", "curl*", "system*")),
    "engine/net": (ENGINE[:3], ("torch", "simd*")),
    "engine/learn": (ENGINE[:4], ("torch",)),
    "engine/measure": (ENGINE[:5], ("torch",)),
    "engine/figure": (("spec",), ("cairo*", "system*")),
    "engine/run": (ENGINE[:7], ("torch", "json*", "sqlite*", "zlib*", "system*")),
    "ui": (("spec", "link", "figure"), ("gui", "json*")),
    "app": None,  # everything
    "tests": None,
}

# library -> (its headers, its target in cmake/DentateDependencies.cmake)
LIBRARIES = {
    "torch": (r"(torch|ATen|c10)/.*", "dentate_torch"),
    "json": (r"nlohmann/.*", "dentate_json"),
    "gui": (r"(imgui|implot|imgui_node_editor)\w*\.h|GLFW/.*|GL/.*", "dentate_gui"),
    "cairo": (r"(cairo/)?cairo[\w-]*\.h", "dentate_cairo"),
    "stb": (r"(stb/)?stb_\w+\.h", "dentate_stb"),
    "zlib": (r"zlib\.h", "dentate_zlib"),
    "curl": (r"curl/.*", "dentate_curl"),
    "crypto": (r"openssl/.*", "dentate_crypto"),
    "archive": (r"archive(_entry)?\.h", "dentate_archive"),
    "sqlite": (r"sqlite3\.h", "dentate_sqlite"),
    "cli11": (r"CLI/.*", "dentate_cli11"),
    "system": (r"(sys/\w+|fcntl|unistd|dlfcn|pthread|sched|signal|malloc)\.h", None),
    "simd": (r"(\w+intrin|omp)\.h", None),
}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)
LINK = re.compile(r"\b(dentate_add_module|target_link_libraries)\s*\(([^)]*)\)")


def module_of(path):
    """The row of ALLOWED that a file belongs to, or None outside of all of them."""
    for folder in ALLOWED:
        if str(path).startswith(folder + "/"):
            return folder
    return None


def library_of(header):
    for name, (pattern, _) in LIBRARIES.items():
        if re.fullmatch(pattern, header):
            return name
    return None


def may_use(module, library, private):
    """Whether a module may use a library; `private` is a .cpp file or a PRIVATE link."""
    libraries = ALLOWED[module][1]
    return library in libraries or (private and library + "*" in libraries)


def may_include(module, other):
    """Whether a module may include, or link, another folder of ours."""
    return other == module or other in ["engine/" + name for name in ALLOWED[module][0]]


def check_include(root, path, module, bracket, header):
    """What is wrong with one include of a file, or None."""
    if header == "torch/torch.h":
        return "torch/torch.h costs 12 s a file: include what is used"
    target = module_of(header)
    if target:
        if bracket == "<":
            return f"<{header}> is ours: include it in quotes"
        if not (root / header).is_file():
            return f'"{header}" does not exist (paths start at the root)'
        if ALLOWED[module] is not None and not may_include(module, target):
            return f'{module} may not include {target}: "{header}"'
        return None
    library = library_of(header)
    if bracket == '"' and library is None:
        return f'"{header}": paths of our files start at the root'
    if ALLOWED[module] is None or re.fullmatch(r"\w+", header):  # the standard library
        return None
    if library is None:
        return f"<{header}> belongs to no library known to {pathlib.Path(__file__).name}"
    if not may_use(module, library, path.suffix == ".cpp"):
        where = "in a header" if may_use(module, library, private=True) else "here"
        return f"{module} may not include {library} {where}: {header}"
    return None


def check_links(module, text):
    """Yields what is wrong with the links in a module's CMakeLists.txt, with its offset."""
    own = module.rsplit("/", 1)[-1]
    for command in LINK.finditer(text):
        name, *words = command.group(2).split()
        if name not in (own, "dentate_" + own):
            continue
        scope = None
        for word in words:
            if word in ("SOURCES", "PUBLIC", "PRIVATE", "INTERFACE"):
                scope = word
            elif scope not in (None, "SOURCES") and not may_link(module, word, scope == "PRIVATE"):
                yield command.start(), f"{module} may not link {word} {scope}"


def may_link(module, target, private):
    if target in ("dentate_warnings", "Threads::Threads"):  # threads are the standard library's
        return True
    for library, (_, library_target) in LIBRARIES.items():
        if target == library_target:
            return may_use(module, library, private)
    return may_include(module, "engine/" + target.removeprefix("dentate_"))


def breaches(root):
    """All breaches of the tree at `root`, as lines to print."""
    found = []

    def add(path, text, offset, what):
        found.append(f"{path}:{text.count(chr(10), 0, offset) + 1}: {what}")

    for path in cpp_text.sources(root):
        module = module_of(path)
        if module is None:
            found.append(f"{path}:1: is in no folder of the house")
            continue
        text = cpp_text.without_comments((root / path).read_text())
        for match in INCLUDE.finditer(text):
            what = check_include(root, path, module, match.group(1), match.group(2))
            if what:
                add(path, text, match.start(), what)
    for module, allowed in ALLOWED.items():
        script = root / module / "CMakeLists.txt"
        if allowed is not None and script.is_file():
            text = re.sub(r"#.*", "", script.read_text())
            for offset, what in check_links(module, text):
                add(script.relative_to(root), text, offset, what)
    return found


def self_test():
    """(file, its text, a part of the breach it must give or None if it must pass)"""
    cases = [
        ("engine/link/a.cpp", '#include "engine/spec/b.h"\n#include <vector>\n', None),
        ("engine/learn/a.h", '#include "engine/net/b.h"\n#include <ATen/core/Tensor.h>\n', None),
        ("engine/spec/a.cpp", "#include <nlohmann/json.hpp>\n", None),
        ("engine/figure/a.cpp", "#include <cairo-svg.h>\n", None),
        ("ui/a.cpp", '#include <imgui.h>\n#include "engine/figure/b.h"\n', None),
        ("app/a.cpp", '#include "ui/b.h"\n#include <torch/types.h>\n', None),
        ("engine/link/a.h", "// #include <torch/types.h>\n", None),
        ("engine/spec/a.cpp", '#include "engine/link/b.h"\n', "may not include engine/link"),
        ("engine/spec/a.h", "#include <nlohmann/json.hpp>\n", "json in a header"),
        ("engine/link/a.cpp", "#include <ATen/core/Tensor.h>\n", "may not include torch"),
        ("engine/net/a.cpp", '#include "engine/learn/b.h"\n', "may not include engine/learn"),
        ("engine/figure/a.cpp", '#include "engine/link/b.h"\n', "may not include engine/link"),
        ("engine/figure/a.h", "#include <cairo.h>\n", "cairo in a header"),
        ("engine/run/a.cpp", '#include "ui/b.h"\n', "may not include ui"),
        ("ui/a.cpp", '#include "engine/run/b.h"\n', "may not include engine/run"),
        ("ui/a.cpp", "#  include <c10/core/Device.h>\n", "may not include torch"),
        ("engine/link/a.cpp", '#include "imgui.h"\n', "may not include gui"),
        ("ui/a.cpp", "#include <unknown/unknown.h>\n", "belongs to no library"),
        ("ui/a.cpp", "#include <curl/curl.h>\n", "may not include curl"),
        ("app/a.cpp", "#include <torch/torch.h>\n", "12 s a file"),
        ("tests/a.cpp", '#include "../ui/b.h"\n', "start at the root"),
        ("ui/a.cpp", '#include "b.h"\n', "start at the root"),
        ("ui/a.cpp", "#include <engine/spec/b.h>\n", "in quotes"),
        ("ui/a.cpp", '#include "ui/gone.h"\n', "does not exist"),
        ("engine/a.cpp", "", "no folder of the house"),
        ("engine/net/CMakeLists.txt",
         "dentate_add_module(net SOURCES a.cpp PUBLIC dentate_data PRIVATE dentate_torch)", None),
        ("engine/net/CMakeLists.txt",
         "dentate_add_module(net SOURCES a.cpp PUBLIC dentate_learn)", "may not link dentate_learn"),
        ("engine/spec/CMakeLists.txt",
         "dentate_add_module(spec SOURCES a.cpp PUBLIC dentate_json)", "dentate_json PUBLIC"),
        ("ui/CMakeLists.txt",
         "target_link_libraries(dentate_ui PRIVATE dentate_torch)", "may not link dentate_torch"),
    ]
    for file, text, expected in cases:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for module in ALLOWED:
                (root / module).mkdir(parents=True)
                (root / module / "b.h").write_text("")
            (root / file).write_text(text)
            found = breaches(root)
        right = not found if expected is None else len(found) == 1 and expected in found[0]
        if not right:
            sys.exit(f"self-test: {file} with {text!r}: expected {expected!r}, found {found}")
    print(f"{len(cases)} cases hold")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if sys.argv[1] == "--self-test":
        self_test()
    else:
        lines = breaches(pathlib.Path(sys.argv[1]))
        print("\n".join(lines) or "every folder includes what it may")
        sys.exit(1 if lines else 0)
