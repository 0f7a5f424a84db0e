"""A prompter that answers from a script: for tests, and for walking every path.

Why this module exists: the interview can be held to its promises without a
terminal. The script is a mapping of answers, or a list of what to say in turn.

It must not invent an answer: a script that runs out is a mistake in the script.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pathfinder.ask.interview import AskedQuestion, Ended, Move, ReviewRow
from pathfinder.engine.question import SKIP, Answer, Answers
from pathfinder.engine.ruleset import Alert


class ScriptedPrompter:
    """Answers by question id, and `otherwise` to the rest. Remembers what it was asked.

    `picks` are what it says in the reviews, in turn: the id of a question to change, or
    None to go on. After the last it goes on.
    """

    def __init__(
        self,
        answers: Answers,
        *,
        otherwise: Answer = SKIP,
        goes_on_after_alerts: bool = True,
        picks: Iterable[str | None] = (),
    ) -> None:
        self._answers = answers
        self._otherwise = otherwise
        self._goes_on = goes_on_after_alerts
        self._picks = iter(picks)
        self.steps: list[AskedQuestion] = []
        self.alerts: list[tuple[str, ...]] = []
        self.reviews: list[tuple[ReviewRow, ...]] = []

    def ask(self, step: AskedQuestion) -> Answer | Move:
        self.steps.append(step)
        return self._answers.get(step.question.id, self._otherwise)

    def alert(self, alerts: Sequence[Alert]) -> bool:
        self.alerts.append(tuple(alert.id for alert in alerts))
        return self._goes_on

    def review(self, rows: Sequence[ReviewRow], *, finished: bool) -> str | None:
        self.reviews.append(tuple(rows))
        return next(self._picks, None)

    def before_result(self, ended: Ended) -> None:
        """A script has seen the result coming."""

    @property
    def asked(self) -> list[str]:
        """The ids of the questions in the order in which they were put."""
        return [step.question.id for step in self.steps]


class ListPrompter(ScriptedPrompter):
    """Says the next thing of a list, whatever the question."""

    def __init__(
        self,
        says: Iterable[Answer | Move],
        *,
        goes_on_after_alerts: bool = True,
        picks: Iterable[str | None] = (),
    ) -> None:
        super().__init__({}, goes_on_after_alerts=goes_on_after_alerts, picks=picks)
        self._says = iter(says)

    def ask(self, step: AskedQuestion) -> Answer | Move:
        self.steps.append(step)
        try:
            return next(self._says)
        except StopIteration:
            raise AssertionError(f"the script ended before {step.question.id}") from None
