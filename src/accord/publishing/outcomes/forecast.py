"""Where each question is expected to settle: a distribution, never a bare point."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from accord.model.outcome import Forecast, QuestionForecast
from accord.model.table import Option, Question
from accord.publishing.charts import Bar, Chart, Dot
from accord.publishing.charts import Row as Drawn
from accord.publishing.outcomes.computed import Computed, Quoted, Row, cell, grid, percent, titled
from accord.publishing.plain import short

_METHODS = {
    "mean": "the mean of the parties' wishes, weighted by capability and salience",
    "median": "the median of the parties' wishes, weighted by capability and salience",
    "challenge": "rounds of challenges between the parties (Bueno de Mesquita's model)",
    "exchange": "exchanges of support between pairs of parties (equal gain)",
}
_LIMITS = (
    "On 351 decisions of the EU no tested model does significantly better than the weighted mean, which is off by "
    "23 of 100 on average."
)
_BAR = 25


def show(made: Computed, quoted: Quoted, hint: str) -> Iterator[RenderableType]:
    """The forecast as text."""
    found = _of(made)
    method = found.method.removeprefix("forecast: ")
    lines = [
        f"By {_METHODS.get(method, method)}. Source: {found.source}.",
        f"Sampled, not exact: {found.spread} (seed {found.seed}).",
        _LIMITS,
    ]
    yield titled(made, "Where it is expected to settle", lines, hint)
    yield cell("\n● the model's answer   ━ the middle half of the draws   ─ nine draws in ten")
    table = grid(("Question", 5), ("", 0), ("How likely", 4))
    for one in found.questions:
        question = made.table.question(one.question)
        ends = _ends(question, 14)
        scale = f"{_bar(one)}\n{ends[0]}{' ' * max(1, _BAR - len(ends[0]) - len(ends[1]))}{ends[1]}"
        likely = [f"{_word(question, option)} {percent(share)}" for option, share in _likely(question, one)[:3]]
        table.add_row(cell(one_text(question)), _raw(scale), cell("\n".join(likely)))
    yield table
    if any(one.rounds for one in found.questions):
        yield cell("\nHow the rounds went (median of the table's own numbers): ")
        rounds = grid(("Question", 5), ("Round by round", 6))
        for one in found.questions:
            rounds.add_row(
                cell(made.question(one.question)), cell(" ".join(f"{median:.1f}" for median, _ in one.rounds))
            )
        yield rounds


def rows(made: Computed) -> Iterator[Row]:
    """One row a question and option."""
    found = _of(made)
    for one in found.questions:
        question = made.table.question(one.question)
        for option, place, share in zip(question.options, question.points, one.options, strict=True):
            yield {
                "method": found.method,
                "question": question.text,
                "question_id": question.id,
                "option": option.text,
                "place": place,
                "probability": share,
                "point": one.point,
                "mean": one.mean,
                **{f"p{round(p * 100):02d}": value for p, value in one.quantiles},
                "low": one.low,
                "high": one.high,
                "draws": found.draws,
                "seed": found.seed,
            }


def draw(made: Computed) -> Chart:
    """One distribution a question, each on its own scale."""
    found = _of(made)
    drawn = []
    for one in found.questions:
        question = made.table.question(one.question)
        q05, q25, q50, q75, q95 = (_share(one, value) for _, value in one.quantiles)
        marks = (
            Bar(q05, q95, "soft", 4),
            Bar(q25, q75, "soft", 12),
            Dot(q50, "tick", "main"),
            Dot(_share(one, one.point), "dot", "other"),
        )
        option, share = _likely(question, one)[0]
        note = f"{_word(question, option)} {percent(share)}"
        drawn.append(Drawn(label=one_text(question), marks=marks, note=note, ends=_ends(question)))
    method = found.method.removeprefix("forecast: ")
    return Chart(
        title=f"Where each question is expected to settle: {method}",
        about=f"By {_METHODS.get(method, method)}. Sampled: {found.spread}, seed {found.seed}.",
        low=0,
        high=1,
        rows=tuple(drawn),
        key=(
            (Dot(0, "dot", "other"), "the model's answer"),
            (Dot(0, "tick", "main"), "median"),
            (Bar(0, 1, "soft", 12), "middle half"),
            (Bar(0, 1, "soft", 4), "nine draws in ten"),
        ),
    )


def one_text(question: Question) -> str:
    """The question with its unit, where it has one."""
    return f"{question.text} ({question.unit})" if question.unit else question.text


def _word(question: Question, option: Option) -> str:
    """An option in words: yes and no where the question is a proposition."""
    return option.id if {known.id for known in question.options} == {"no", "yes"} else option.text


def _of(made: Computed) -> Forecast:
    assert isinstance(made.answer, Forecast)
    return made.answer


def _likely(question: Question, one: QuestionForecast) -> list[tuple[Option, float]]:
    """The options with their probabilities, the likeliest first."""
    pairs = zip(question.options, one.options, strict=True)
    return sorted(pairs, key=lambda pair: -pair[1])


def _share(one: QuestionForecast, place: float) -> float:
    return (place - one.low) / (one.high - one.low) if one.high > one.low else 0.5


def _ends(question: Question, most: int = 40) -> tuple[str, str]:
    """The options at the lowest and the highest place of the scale."""
    order = sorted(range(len(question.options)), key=lambda i: (question.points[i], i))
    return short(_word(question, question.options[order[0]]), most), short(
        _word(question, question.options[order[-1]]), most
    )


def _bar(one: QuestionForecast) -> str:
    """The distribution in characters."""

    def column(place: float) -> int:
        return min(_BAR - 1, max(0, round(_share(one, place) * (_BAR - 1))))

    q05, q25, _, q75, q95 = (column(value) for _, value in one.quantiles)
    point = column(one.point)
    return "".join(
        "●" if i == point else "━" if q25 <= i <= q75 else "─" if q05 <= i <= q95 else "·" for i in range(_BAR)
    )


def _raw(words: str) -> RenderableType:
    return Text(words, no_wrap=True)
