"""One classic script made of ES modules, by joining them in the order of their imports.

The modules share one scope in the bundle, so each top-level name may stand once among them all. A
module only declares things; what it imports comes by its own name from a module beside it. What is
written in another way is refused, never guessed at. Comments with lines to themselves are left out.
"""

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

__all__ = ["bundle"]

_IMPORT = re.compile(r'import \{([^{}]+)\} from "\./([\w-]+)\.js";')
_DECLARATION = re.compile(r"(export )?(?:async )?(?:const|let|class|function)\*? (\w+)\b")
_EXPORT_LIST = re.compile(r"export \{([^{}]+)\};")
# What a line that starts nothing may start with: space, a bracket that closes, a comment.
_CONTINUATION = re.compile(r"\s|[)\]}]|//|/\*|\*/|$")
# A comment with a line to itself says what a reader of the modules needs, and weighs in every page.
_COMMENT = re.compile(r"\s*(?://.*|/\*(?:(?!\*/).)*\*/\s*)")
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
        return None if _COMMENT.fullmatch(line) else line

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

    ``sources`` are texts by name of the module, without ``.js``; the entry imports all others,
    itself or through them.

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
    for module in modules.values():
        for other, names in module.imports.items():
            if missing := sorted(
                set(names) - set(modules[other].exported if other in modules else ())
            ):
                raise ValueError(
                    f"{module.name}.js imports {', '.join(missing)}, not exported by {other}.js"
                )
    imports = {key: list(module.imports) for key, module in modules.items()}
    if unused := sorted(set(modules) - {entry}.union(*imports.values())):
        raise ValueError(f"nobody imports {', '.join(unused)}: import it or take it away")
    try:
        order = [modules[key] for key in TopologicalSorter(imports).static_order()]
    except CycleError as error:
        circle = " < ".join(error.args[1])
        raise ValueError(f"a circle of imports: {circle}") from None
    owner: dict[str, str] = {}
    for module in order:
        for declared in module.declared:
            if owner.setdefault(declared, module.name) != module.name:
                raise ValueError(
                    f"{owner[declared]}.js and {module.name}.js both declare {declared}: the "
                    "modules share one scope in the bundle, so give one of them another name"
                )
    body = "\n".join(module.text for module in order)
    given = ", ".join(modules[entry].exported)
    return f'const {name} = (() => {{\n"use strict";\n{body}\nreturn {{ {given} }};\n}})();'
