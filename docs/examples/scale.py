"""A table of answers in, a table of results out, by DuckDB: see docs/scale.md.

    python docs/examples/scale.py people.parquet results 2

`people.parquet` has two columns: `id`, and `answers`, which is JSON like {"home": "steady"}.
"""

import json
import sys
from concurrent.futures import ProcessPoolExecutor

from pathfinder import decide, load_rules
from pathfinder.errors import AnswersError

RESULT = (
    "STRUCT(safe_level VARCHAR, hold BOOLEAN, alerts VARCHAR[], first_steps VARCHAR[],"
    " path VARCHAR, points INTEGER, error VARCHAR)"
)
RULES = load_rules()


def result(answers: str) -> dict[str, object]:
    """One row of the table of results. Answers that don't hold cost their own row only."""
    try:
        decision = decide(RULES, json.loads(answers))
    except (AnswersError, ValueError) as problem:
        return {"error": str(problem)}
    top = decision.ranked[0] if decision.ranked else None
    return {
        "safe_level": decision.safe_level,
        "hold": decision.hold,
        "alerts": [alert.id for alert in decision.alerts],
        "first_steps": [step.id for step in decision.first],
        "path": top and top.path,
        "points": top and top.points,
        "error": None,
    }


def one_part(people: str, results: str, part: int, parts: int) -> str:
    """DuckDB reads and writes in blocks, so memory stays flat. Returns the file it wrote."""
    import duckdb

    db = duckdb.connect()
    db.execute("SET threads = 1")  # Python decides, one person at a time
    db.create_function("pathfinder", result, ["VARCHAR"], RESULT)
    file = f"{results}-{part}.parquet"
    db.execute(
        f"COPY (SELECT id, unnest(pathfinder(answers)) FROM '{people}'"
        f" WHERE id % {parts} = {part}) TO '{file}'"
    )
    return file


if __name__ == "__main__":
    people, results, parts = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with ProcessPoolExecutor(parts) as cores:
        for file in cores.map(one_part, [people] * parts, [results] * parts, range(parts),
                              [parts] * parts):  # fmt: skip
            print(file)
