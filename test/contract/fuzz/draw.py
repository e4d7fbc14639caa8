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

# Of every ten requests: something at or over a limit; something wrong; a request that fits but for one property;
# one that is valid by the document alone; one that is all made up, ids too.
MIX = {"boundary": 4, "negative": 2, "fitted": 2, "positive": 1, "blind": 1}

Placed = tuple[Any, dict]


def shares(total: int, parts: int) -> list[int]:
    """`total` in `parts` equal whole numbers, the remainder on the first."""
    each, more = divmod(max(total, 0), max(parts, 1))
    return [each + (1 if at < more else 0) for at in range(parts)]


def cases_for(operation: Any, sites: list[dict], count: int, rng: random.Random) -> Iterator[Placed]:
    """`count` cases, each with the prepared site it was fitted to (an empty one when there is none)."""
    pools = {name: pool for name, pool in _pools(operation, sites or [{}], count, rng).items() if pool}
    turns = {name: itertools.cycle(pool) for name, pool in pools.items()}
    names = [name for name, weight in MIX.items() for _ in range(weight) if name in pools]
    for at in range(count if names else 0):
        case, site = next(turns[names[at % len(names)]])
        # A case is sent once; one that comes round again is a new request with the same data.
        yield case.derive(), site


def _pools(operation: Any, sites: list[dict], count: int, rng: random.Random) -> dict[str, list[Placed]]:
    wanted = {name: -(-count * weight // 10) for name, weight in MIX.items()}
    wrong: list[Any] = []
    if _can_be_wrong(operation):
        wrong = _drawn(operation, GenerationMode.NEGATIVE, wanted["negative"] + wanted["blind"], rng)
    right = _drawn(operation, GenerationMode.POSITIVE, wanted["fitted"] + wanted["positive"] + wanted["blind"], rng)
    boundaries = _boundaries(operation)
    boundaries = rng.sample(boundaries, min(len(boundaries), wanted["boundary"]))

    def pool(cases: list[Any], name: str, place: Any) -> list[Placed]:
        # Where there are few different ones, every pool has all of them.
        some = rng.sample(cases, min(len(cases), wanted[name]))
        return [place(case.derive(), rng.choice(sites)) for case in some]

    return {
        "boundary": pool(boundaries, "boundary", _with_body),
        "negative": pool(wrong, "negative", _with_ids),
        "fitted": pool(right, "fitted", lambda case, site: _fitted(case, site, rng)),
        "positive": pool(right, "positive", _with_ids),
        "blind": pool(wrong + right, "blind", lambda case, site: (case, site)),
    }


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


def _is_wrong_at(case: Any, where: ParameterLocation) -> bool:
    part = case.meta.components.get(where)
    return part is not None and part.mode is GenerationMode.NEGATIVE


def _with_ids(case: Any, site: dict) -> Placed:
    """The ids of a real case, unless they are what is wrong: so made-up data gets past the door."""
    if not _is_wrong_at(case, ParameterLocation.PATH):
        for name, value in site.get("path", {}).items():
            if name in case.path_parameters:
                case.path_parameters[name] = value
    return case, site


def _with_body(case: Any, site: dict) -> Placed:
    """The prepared body too, where the body is not what the case is about."""
    about = case.meta.phase.data.parameter_location
    if "body" in site and about is not ParameterLocation.BODY and not _is_wrong_at(case, ParameterLocation.BODY):
        case.body = site["body"]
    return _with_ids(case, site)


def _fitted(case: Any, site: dict, rng: random.Random) -> Placed:
    """The prepared request with one made-up property: it gets as far as that property lets it, past role and tag."""
    made = case.body
    if "body" in site and isinstance(made, dict) and isinstance(site["body"], dict):
        body = dict(site["body"])
        # Any other day makes the act late or early, which is soon tried enough.
        names = sorted(made.keys() - {"occurredOn"})
        if names:
            name = rng.choice(names)
            body[name] = made[name]
        case.body = body
    case, site = _with_ids(case, site)
    return case, {**site, "fits": True}


def _drawn(operation: Any, mode: GenerationMode, count: int, rng: random.Random) -> list[Any]:
    found: list[Any] = []

    @seed(rng.randrange(2**32))
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def collect(case: Any) -> None:
        found.append(case)

    try:
        collect()
    except (Unsatisfiable, SchemathesisError):
        # There is no such request.
        pass
    return [case for case in found if case.body is not NOT_SET or not operation.body or mode.is_negative]
