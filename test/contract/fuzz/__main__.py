"""Sends what the plan says and what Schemathesis makes of the document to a running API, and writes what came back.

    python test/contract/fuzz PLAN.json REPORT.json

The plan is made by test/support/contract-run.ts, which also reads the report; both shapes are described there.
Everything random comes from the seed of the plan.
"""

import json
import random
import sys
import warnings
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

import schemathesis
from schemathesis.config import SchemathesisConfig

from draw import cases_for, shares
from send import Sender
from tally import Tally

# What a refusal of a bad request may be. 409 is not among them: a bad body is refused before the case is looked at.
REFUSALS = [400, 401, 403, 404, 412, 413, 415, 422, 428]
AT_ONCE = 2
CONFIG = {
    # Tokens are ours to send; whether they are needed is a check of its own.
    "generation": {"with-security-parameters": False},
    "checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}},
    # One method per path is what the document is about; other methods have no operation to be held against.
    "phases": {"coverage": {"unexpected-methods": []}},
}


def main(plan_path: str, report_path: str) -> None:
    with open(plan_path, encoding="utf-8") as file:
        plan = json.load(file)
    warnings.simplefilter("ignore")
    schema = schemathesis.openapi.from_url(
        plan["url"] + "/openapi.json", config=SchemathesisConfig.from_dict(CONFIG)
    )
    operations = {each.ok().label: each.ok() for each in schema.get_all_operations()}
    deletes = [label for label in operations if label.startswith("DELETE ")]
    if deletes:
        # Then something can be used after it is gone, and single requests no longer prove that it cannot.
        raise SystemExit(f"use after free has to be tested now that there is {deletes[0]}")
    rng = random.Random(plan["seed"])
    tally = Tally(plan["tokens"])
    sender = Sender(plan, tally)

    for label, operation in operations.items():
        for attempt in plan["operations"].get(label, {}).get("sure", []):
            sender.sure(operation, attempt)
    left = plan["requests"] - tally.requests
    # The next request is made while the last one is answered. What is sent comes from the seed alone; the order in
    # which two neighbours arrive does not.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        sent: deque[Future[None]] = deque()
        for (label, operation), share in zip(operations.items(), shares(left, len(operations))):
            sites = plan["operations"].get(label, {}).get("sites", [])
            for case, site in cases_for(operation, sites, share, rng):
                sent.append(pool.submit(sender.fuzzed, operation, case, site, sender.next_turn(operation, site)))
                if len(sent) > AT_ONCE:
                    sent.popleft().result()
        for each in sent:
            each.result()

    with open(report_path, "w", encoding="utf-8") as file:
        json.dump(tally.report(list(operations)), file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
