#!/usr/bin/env python3
"""Checks that no header, source or function is longer than the house allows.

  sizes.py ROOT         prints each breach as path:line: what, and exits 1 if there is one
  sizes.py --self-test  shows on made-up sources that each kind of breach is found

A function is counted from its signature to its closing brace, the lambdas inside it included; a
lambda outside of any function counts as one. sizes_exceptions.txt lists the files that are let off:
one path a line, a colon, the reason.
"""

import pathlib
import re
import sys
import tempfile

import cpp_text

MAX_LINES = {".h": 200, ".cpp": 400}
MAX_FUNCTION = 60
EXCEPTIONS = pathlib.Path("tests/house/sizes_exceptions.txt")

# Kinds of brace pairs.
SCOPE, FUNCTION, OTHER = "namespace or type", "function", "initialiser"

TYPE = re.compile(r"^((typedef|static|inline|constexpr|const|export|friend)\s+)*"
                  r"(class|struct|union|enum)\b[^()=]*(alignas\s*\([^()]*\)[^()=]*)?$")
NAMESPACE = re.compile(r'^(inline\s+)?namespace\b|^extern\s*"\s*"$')
LAMBDA = re.compile(r"\[[^\[\]]*\]\s*(\([^{}]*\))?\s*(mutable|constexpr|noexcept|\s|->[\w\s:&*]*)*$")
MEMBER_INITIALISER = re.compile(r"\)[\w\s]*(?<!:):(?!:).*[\w]\s*$", re.DOTALL)
CONSTRUCTOR = re.compile(r"\)\s*(noexcept\s*)?:(?!:)")
ACCESS = re.compile(r"^\s*(public|private|protected)\s*:(?!:)")
NAME = re.compile(r"([\w:~]+|operator\s*\S+?)\s*\(")


def without_directives(code):
    """Preprocessor lines blanked, and of #if ... #else ... #endif only the first branch kept."""
    lines, taken, continued = [], [True], False
    for line in code.split("\n"):
        directive = re.match(r"\s*#\s*(\w+)", line)
        if directive and not continued:
            word = directive.group(1)
            if word in ("if", "ifdef", "ifndef"):
                taken.append(taken[-1])
            elif word in ("else", "elif"):
                taken[-1] = False
            elif word == "endif" and len(taken) > 1:
                taken.pop()
        lines.append("" if directive or continued or not taken[-1] else line)
        continued = (directive is not None or continued) and line.endswith("\\")
    return "\n".join(lines)


def without_templates(header):
    """A declaration with everything in <> and [[]] removed, so that its own words are left."""
    header = re.sub(r"operator\s*(<=>|<<=?|>>=?|->\*?|[<>]=?)", "operator", header)
    header = re.sub(r"\[\[.*?\]\]", "", header, flags=re.DOTALL).replace("->", "  ")
    before = None
    while before != header:
        before, header = header, re.sub(r"<[^<>{};]*>", "", header)
    return re.sub(r"^\s*template\s*", "", header).strip()


def kind_of(header):
    """What a brace opens after `header`, the text since the last statement at namespace level."""
    plain = without_templates(header)
    if NAMESPACE.match(plain):
        return SCOPE
    open_parenthesis = plain.count("(") != plain.count(")")
    if open_parenthesis and CONSTRUCTOR.search(plain):
        return OTHER  # a lambda that a member is made from: part of the constructor
    if LAMBDA.search(header) and not re.search(r"\boperator\s*\[\s*\]", header):
        return FUNCTION
    if TYPE.match(plain):
        return SCOPE
    if open_parenthesis or "(" not in plain:
        return OTHER
    if MEMBER_INITIALISER.search(plain) and not re.search(
            r"\)\s*(const|noexcept|override|final|try|mutable|&|\s)*$", plain):
        return OTHER
    if re.search(r"(?<![=!<>])=(?!=)", re.sub(r"\([^()]*\)|operator\s*\S+", "", plain)):
        return OTHER
    return FUNCTION


def functions(code):
    """Yields (name, first line, last line) of every outermost function of a code_only() text."""
    code = without_directives(code)
    stack = []         # the kinds of the open braces
    header, start = "", 0  # the statement so far outside of functions, and where it began
    opened = None      # (name, first line, depth) of the function that is open
    line = 1
    for char in code:
        if char == "\n":
            line += 1
        if opened:
            if char == "{":
                stack.append(FUNCTION)
            elif char == "}":
                stack.pop()
                if len(stack) == opened[2]:
                    yield opened[0], opened[1], line
                    opened = None
                    # Inside an initialiser or a call the statement goes on after the lambda.
                    inside = OTHER in stack or header.count("(") > header.count(")")
                    header = header + "{}" if inside else ""
            continue
        if char == "{":
            kind = kind_of(header.replace("{}", " "))
            if kind == FUNCTION:
                opened = (name_of(header), start, len(stack))
            stack.append(kind)
            header = "" if kind == SCOPE else header
        elif char == "}":
            if stack and stack.pop() == OTHER:
                header += "{}"
            else:
                header = ""
        elif char == ";" and OTHER not in stack and header.count("(") <= header.count(")"):
            header = ""
        else:
            if not header.strip() and not char.isspace():
                header, start = "", line
            header += char
            if char == ":" and ACCESS.match(header):
                header = ""


def name_of(header):
    found = NAME.search(without_templates(header))
    return found.group(1) if found else "a lambda"


def exceptions(root):
    """(the paths that are let off, what is wrong with the list)"""
    paths, wrong = set(), []
    file = root / EXCEPTIONS
    for number, line in enumerate(file.read_text().splitlines() if file.exists() else (), 1):
        if not line.strip() or line.startswith("#"):
            continue
        path, _, reason = line.partition(":")
        if not reason.strip():
            wrong.append(f"{EXCEPTIONS}:{number}: {path} has no reason")
        paths.add(pathlib.Path(path.strip()))
    return paths, wrong


def breaches_of(root, path):
    text = (root / path).read_text()
    lines = text.count("\n")
    if lines > MAX_LINES[path.suffix]:
        yield f"{path}:1: has {lines} lines, at most {MAX_LINES[path.suffix]}"
    for name, first, last in functions(cpp_text.code_only(text)):
        if last - first + 1 > MAX_FUNCTION:
            yield f"{path}:{first}: {name} has {last - first + 1} lines, at most {MAX_FUNCTION}"


def breaches(root):
    """All breaches of the tree at `root`, as lines to print."""
    let_off, found = exceptions(root)
    for path in cpp_text.sources(root):
        own = list(breaches_of(root, path))
        if path not in let_off:
            found += own
        elif own:
            let_off.remove(path)
    return found + [f"{EXCEPTIONS}: {path} needs no exception" for path in sorted(let_off)
                    if not (root / path).exists() or not list(breaches_of(root, path))]


FILL = "  step();\n"


def self_test():
    """Sources with the functions (name, length) that must be found in them."""
    cases = [
        ("int f() {\n" + FILL * 9 + "}\n", [("f", 11)]),
        ("namespace a::b {\nclass C final : public D<int> {\n public:\n  explicit C(int x)\n"
         "      : D<int>{x}, y_{x}, z_(x) {\n" + FILL + "  }\n  void g() const noexcept { h(); }\n"
         " private:\n  int y_{0};\n};\n}\n", [("C", 4), ("g", 1)]),
        ("void f() {\n  auto g = [&](int x) {\n" + FILL * 5 + "  };\n  if (g) { g(1); }\n}\n",
         [("f", 10)]),
        ('const char* kText = R"(\nvoid no() {\n)";\nvoid f() {\n  puts("}");  // }\n  c = \'}\';\n}\n',
         [("f", 4)]),
        ("template <class T, int N = 3>\nauto f(T x) -> std::vector<T> {\n" + FILL + "}\n",
         [("f", 4)]),
        ("const Table kTable[] = {\n  {1, \"a\"},\n  {2, [](int x) {\n    return x;\n  }},\n};\n",
         [("a lambda", 5)]),
        ("A::A(int x)\n    : f_([this](int y) {\n        return y;\n      }),\n      x_(x) {\n" + FILL + "}\n"
         "void g() {}\n", [("A::A", 7), ("g", 1)]),
        ("const auto k = make([](int x) {\n" + FILL + "}, 3);\nvoid g() {}\n",
         [("make", 3), ("g", 1)]),
        ("enum class E : int { A, B };\nstruct S { int x = f({1}); };\nint n{3};\n", []),
        ("#ifdef A\nvoid f() {\n#else\nvoid f(int) {\n#endif\n" + FILL + "}\nint g() { return 1; }\n",
         [("f", 6), ("g", 1)]),
        ("bool operator<(const A& a, const A& b) {\n" + FILL + "}\n", [("operator", 3)]),
        ("TEST(Rule, Learns) {\n" + FILL + "}\nconstexpr int k = 1'000;\nvoid f() {}\n",
         [("TEST", 3), ("f", 1)]),
        ('extern "C" {\nint f(void) { return 0; }\n}\n', [("f", 1)]),
        ("std::function<void()> f = [] {\n" + FILL + "};\nvoid g() {}\n", [("a lambda", 3), ("g", 1)]),
        ("struct [[nodiscard]] R {\n  friend bool operator==(const R&, const R&) = default;\n"
         "  R& operator=(R other) {\n" + FILL + "  }\n};\n", [("operator=", 3)]),
    ]
    for text, expected in cases:
        found = [(name, last - first + 1)
                 for name, first, last in functions(cpp_text.code_only(text))]
        if found != expected:
            sys.exit(f"self-test: in\n{text}expected {expected}, found {found}")

    long_function = "void f() {\n" + FILL * 59 + "}\n"
    trees = [
        ({"ui/a.cpp": "void f() {\n" + FILL * 58 + "}\n"}, None),
        ({"ui/a.cpp": long_function}, "f has 61 lines"),
        ({"ui/a.h": "int a;\n" * 201}, "has 201 lines"),
        ({"ui/a.cpp": "int a;\n" * 401}, "has 401 lines"),
        ({"ui/a.cpp": long_function, str(EXCEPTIONS): "ui/a.cpp: a table\n"}, None),
        ({"ui/a.cpp": long_function, str(EXCEPTIONS): "ui/a.cpp:\n"}, "has no reason"),
        ({"ui/a.cpp": "int a;\n", str(EXCEPTIONS): "ui/a.cpp: a table\n"}, "needs no exception"),
    ]
    for files, expected in trees:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            found = breaches(root)
        right = not found if expected is None else len(found) == 1 and expected in found[0]
        if not right:
            sys.exit(f"self-test: {list(files)}: expected {expected!r}, found {found}")
    print(f"{len(cases) + len(trees)} cases hold")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if sys.argv[1] == "--self-test":
        self_test()
    else:
        problems = breaches(pathlib.Path(sys.argv[1]))
        print("\n".join(problems) or "every file and function has its size")
        sys.exit(1 if problems else 0)
