"""Which requests an operation gets: Schemathesis's boundary cases, its negative and its positive data."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core import NOT_SET
from schemathesis.core.parameters import ParameterLocation
from schemathesis.errors import SchemathesisError

# Out of ten: one thing off a valid request; wrong somewhere; valid by the document; all made up, ids too.
MIX = (("boundary", 4), ("negative", 3), ("positive", 2), ("blind", 1))


def shares(total: int, parts: int) -> list[int]:
    """`total` in `parts` equal whole numbers, the remainder on the first."""
    each, more = divmod(max(total, 0), max(parts, 1))
    return [each + (1 if at < more else 0) for at in range(parts)]


def cases_for(operation: Any, sites: list[dict], count: int, rng: random.Random) -> Iterator[tuple[Any, dict]]:
    """`count` cases, each with the prepared site it was fitted to (an empty one when there is none)."""
    sites = sites or [{}]
    pools = {name: _pool(name, operation, sites, count, rng) for name, _ in MIX}
    pools = {name: pool for name, pool in pools.items() if pool}
    if not pools:
        return
    names = [name for name, weight in MIX for _ in range(weight) if name in pools]
    turns = {name: itertools.cycle(pool) for name, pool in pools.items()}
    for at in range(count):
        case, site = next(turns[names[at % len(names)]])
        # A case is sent once; one that comes round again is a new request with the same data.
        yield case.derive(), site


def _pool(name: str, operation: Any, sites: list[dict], count: int, rng: random.Random) -> list[tuple[Any, dict]]:
    wanted = -(-count * dict(MIX)[name] // 10)
    site = rng.choice(sites)
    if name == "boundary":
        cases = [_placed(case, site) for case in _boundaries(operation)]
        return [(case, site) for case in rng.sample(cases, min(len(cases), wanted))]
    fixed = {} if name == "blind" else _fixed(operation, site)
    modes = {
        "negative": [GenerationMode.NEGATIVE],
        "positive": [GenerationMode.POSITIVE],
        "blind": [GenerationMode.NEGATIVE, GenerationMode.POSITIVE],
    }[name]
    if not _can_be_wrong(operation):
        modes = [mode for mode in modes if mode is GenerationMode.POSITIVE]
    return [
        (case, site)
        for mode in modes
        for case in _drawn(operation, mode, -(-wanted // len(modes)), rng.randrange(2**32), fixed)
    ]


def _can_be_wrong(operation: Any) -> bool:
    """Whether a request can break the schema at all: any text is a right one where a path only says that it is text."""
    if operation.body or len(operation.query) or len(operation.headers):
        return True
    schemas = [parameter.definition.get("schema", {}) for parameter in operation.path_parameters]
    return any(set(schema) - {"type", "example"} for schema in schemas)


def _boundaries(operation: Any) -> list[Any]:
    return list(
        operation.schema.iter_coverage_cases(
            operation,
            generation_modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE],
            generation_config=operation.schema.config.generation_for(operation=operation, phase="coverage"),
        )
    )


def _fixed(operation: Any, site: dict) -> dict[str, Any]:
    """The ids of a real case, so that a made-up body gets past the door."""
    declared = {parameter.name for parameter in operation.path_parameters}
    ids = {name: value for name, value in site.get("path", {}).items() if name in declared}
    return {"path_parameters": ids} if ids else {}


def _placed(case: Any, site: dict) -> Any:
    """A boundary case on a real case, and with the real body where the body is not what it is about."""
    meta = case.meta
    negative = {where for where, part in meta.components.items() if part.mode is GenerationMode.NEGATIVE}
    if ParameterLocation.PATH not in negative:
        for name, value in site.get("path", {}).items():
            if name in case.path_parameters:
                case.path_parameters[name] = value
    about = meta.phase.data.parameter_location
    if "body" in site and about is not ParameterLocation.BODY and ParameterLocation.BODY not in negative:
        case.body = site["body"]
    return case


def _drawn(operation: Any, mode: GenerationMode, count: int, start: int, fixed: dict) -> list[Any]:
    found: list[Any] = []

    @seed(start)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode, **fixed))
    def collect(case: Any) -> None:
        found.append(case)

    try:
        collect()
    except (Unsatisfiable, SchemathesisError):
        # There is no such request.
        pass
    return [case for case in found if case.body is not NOT_SET or not operation.body or mode.is_negative]
