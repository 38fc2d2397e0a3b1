"""One classic script made of ES modules, by joining them in the order of their imports.

The modules share one scope in the bundle, so each top-level name may stand once among them all. A
module only declares things; what it imports comes by its own name from a module beside it. What is
written in another way is refused, never guessed at.
"""

import re
from collections.abc import Iterator, Mapping

__all__ = ["bundle"]

_IMPORT = re.compile(r'import \{([^{}]+)\} from "\./([\w-]+)\.js";')
_DECLARATION = re.compile(r"(export )?(?:async )?(?:const|let|class|function)\*? (\w+)\b")
_EXPORT_LIST = re.compile(r"export \{([^{}]+)\};")
# What a line that starts nothing may start with: space, a bracket that closes, a comment.
_CONTINUATION = re.compile(r"\s|[)\]}]|//|/\*|\*/|$")
_DYNAMIC = re.compile(r"\bimport\s*[.(]")


class _Module:
    """A module taken apart: what it imports from where, declares and exports, and its text."""

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.imports: dict[str, list[str]] = {}
        self.declared: list[str] = []
        self.exported: list[str] = []
        lines = [self._line(number, line) for number, line in enumerate(source.splitlines(), 1)]
        self.text = "\n".join(line for line in lines if line is not None)

    def _line(self, number: int, line: str) -> str | None:
        if _DYNAMIC.search(line):
            raise self._refused(number, line)
        if found := _IMPORT.fullmatch(line):
            self.imports.setdefault(found[2], []).extend(self._names(found[1], number, line))
            return None
        if found := _EXPORT_LIST.fullmatch(line):
            self.exported += self._names(found[1], number, line)
            return None
        if found := _DECLARATION.match(line):
            self.declared.append(found[2])
            if found[1]:
                self.exported.append(found[2])
            return line.removeprefix("export ")
        if not _CONTINUATION.match(line):
            raise self._refused(number, line)
        return line

    def _names(self, text: str, number: int, line: str) -> list[str]:
        names = [name.strip() for name in text.split(",")]
        if not all(name.isidentifier() for name in names):
            raise self._refused(number, line)
        return names

    def _refused(self, number: int, line: str) -> ValueError:
        return ValueError(
            f"{self.name}.js, line {number}: the bundler does not understand {line.strip()!r}: "
            'write import { name } from "./module.js"; on one line, or a declaration of one name'
        )


def bundle(sources: Mapping[str, str], entry: str, name: str) -> str:
    r"""
    Return a classic script that declares one constant with what the entry module exports.

    Parameters
    ----------
    sources
        Text by name of the module, without ``.js``.
    entry
        The module that imports all others, itself or through them.
    name
        Name of the constant.

    Raises
    ------
    ValueError
        If something is written in a way that the bundler does not understand, modules import in a
        circle, a name is not exported where it is imported from, two modules declare one name, or
        nobody imports a module.

    Examples
    --------
    >>> print(bundle({"a": "export const one = 1;", "b": 'import { one } from "./a.js";\n'
    ...              "export const two = one + one;"}, "b", "sums"))
    const sums = (() => {
    "use strict";
    const one = 1;
    const two = one + one;
    return { two };
    })();
    """
    modules = {key: _Module(key, source) for key, source in sources.items()}
    order = list(dict.fromkeys(_in_order(modules, entry, ())))
    if unused := sorted(set(modules) - {module.name for module in order}):
        raise ValueError(f"nobody imports {', '.join(unused)}: import it or take it away")
    owner: dict[str, str] = {}
    for module in order:
        for declared in module.declared:
            if declared in owner:
                raise ValueError(
                    f"{owner[declared]}.js and {module.name}.js both declare {declared}: the "
                    "modules share one scope in the bundle, so give one of them another name"
                )
            owner[declared] = module.name
    body = "\n".join(module.text for module in order)
    exported = ", ".join(modules[entry].exported)
    return f'const {name} = (() => {{\n"use strict";\n{body}\nreturn {{ {exported} }};\n}})();'


def _in_order(
    modules: Mapping[str, _Module], name: str, above: tuple[str, ...]
) -> Iterator[_Module]:
    """Go through the modules, each after those that it imports."""
    if name in above:
        raise ValueError(f"a circle of imports: {' > '.join((*above, name))}")
    for other, names in modules[name].imports.items():
        if other not in modules:
            raise ValueError(f"{name}.js imports from {other}.js, which is not there")
        if missing := sorted(set(names) - set(modules[other].exported)):
            raise ValueError(f"{name}.js imports {', '.join(missing)}, not exported by {other}.js")
        yield from _in_order(modules, other, (*above, name))
    yield modules[name]
