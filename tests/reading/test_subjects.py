"""Which issue a proposition is about: the vocabulary's examples, held-out conflicts, and the training itself."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest

from accord.errors import VocabularyError
from accord.model.vocabulary import issue_weights as weights_file
from accord.model.vocabulary.issue_weights import issue_weights
from accord.model.vocabulary.issues import issues
from accord.reading.pipeline import model
from accord.reading.subjects import Classifier, classify, issue_scores, passage_of

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "training"))

import corpus
import regression
import train

EXAMPLES = [(text, entry.id) for entry in issues() for text in entry.examples]
UNSEEN = [
    ("The junta hands power to a civilian cabinet", "governance"),
    ("Tamil becomes an official language", "minority-rights"),
    ("Both armies leave the demilitarised strip", "withdrawal"),
    ("Rebels release every captured policeman", "prisoners-hostages"),
    ("The strait stays open to all ships", "borders-transit"),
    ("The General Assembly admits the territory as an independent state", "status-recognition"),
    ("The guns fall silent for the holidays", "ceasefire"),
    ("Those who ordered the massacre face a court", "justice"),
]
OFF_TOPIC = [
    "a bouquet of roses for the hostess",
    "to learn Italian in the evenings",
    "his favourite novel",
    "the traffic on the ring road",
    "a birthday song",
    "the price of concert tickets",
]
# What stands before, the sentence, the matter in it, its issue.
OPEN = [
    ("Families want the jailed editors set free.", "The junta turned the request down.", "the request"),
    ("Under the draft the captives would be exchanged at dawn.", "The militia accepted it.", "it"),
]


def layers(before: str, sentence: str, matter: str) -> list[tuple[list, float]]:
    doc = model()(f"{before} {sentence}")
    at = len(before) + 1 + sentence.index(matter)
    own = [t for t in doc if at <= t.idx < at + len(matter)]
    around = [t for t in doc if t.idx > len(before)]
    return [(own, 1.0), (around, 0.2), ([t for t in doc if t.idx < len(before)], 0.05)]


@pytest.fixture(scope="module")
def held_out():
    return corpus.parse(corpus.load("heldout"), model())


@pytest.mark.parametrize(("text", "issue"), EXAMPLES)
def test_an_issue_knows_its_examples(text, issue):
    found = classify([(list(model()(text)), 1.0)])
    assert found is not None
    assert found[0] == issue


def test_no_term_names_two_issues():
    homes: dict[str, list[str]] = {}
    for entry in issues():
        for term in entry.strong:
            homes.setdefault(term, []).append(entry.id)
    assert {term: found for term, found in homes.items() if len(found) > 1} == {}


def test_most_propositions_that_no_entry_was_written_for_find_their_issue():
    right = sum((classify([(list(model()(text)), 1.0)]) or ("",))[0] == issue for text, issue in UNSEEN)
    assert right >= 7, right


def test_most_matters_on_no_subject_have_no_issue():
    found = {text: classify([(list(model()(text)), 1.0)]) for text in OFF_TOPIC}
    assert sum(answer is None for answer in found.values()) >= 5, found


@pytest.mark.parametrize(("before", "sentence", "matter"), OPEN)
def test_a_matter_that_tells_nothing_is_read_from_what_stands_around_it(before, sentence, matter):
    found = classify(layers(before, sentence, matter))
    assert found is not None
    assert found[0] == "prisoners-hostages"


def test_a_matter_that_tells_its_issue_keeps_it_among_others():
    found = classify(
        layers("The summit was about a truce and prisoners.", "He wants free elections by spring.", "free elections")
    )
    assert found is not None
    assert found[0] == "elections"


def test_a_condition_does_not_tell_the_issue():
    found = classify([(list(model()("to send peacekeepers to the coast if a ceasefire is agreed")), 1.0)])
    assert found is not None
    assert found[0] == "foreign-forces"
    shares = dict(passage_of(list(model()("sending monitors once the truce is signed"))).words)
    assert shares["truce"] < shares["monitor"] == 1.0


@pytest.mark.parametrize("who", ["Mali", "Norway", "Turkey", "Peru"])
def test_a_name_does_not_tell_the_issue(who):
    text = "{} insists on the return of its captured pilots"
    plain, named = (classify([(list(model()(text.format(name))), 1.0)]) for name in ("Chad", who))
    assert plain == named


def test_nothing_to_look_at_has_no_issue():
    assert classify([]) is None
    assert classify([([], 1.0)]) is None
    assert issue_scores([]) == {}


def test_held_out_conflicts_stay_above_their_floors(held_out):
    """Measured at 0.71, 0.73 and 0.73 by bench/issues.py when pinned; the lexicon alone had 0.58, 0.59 and 0.57."""
    on_issues, everything, macro = train.measure(lambda x: (classify(x) or ("none",))[0], held_out)
    assert on_issues >= 0.69
    assert everything >= 0.71
    assert macro >= 0.70


def test_probabilities_mean_what_they_say(held_out):
    """Of the held-out lines told with 0.8 or more, about as many are right as their probabilities add up to."""
    told = [(classify(train.around(x)), x.line.label) for x in held_out]
    sure = [(answer[1], answer[0] == label) for answer, label in told if answer is not None and answer[1] >= 0.8]
    assert len(sure) >= 100
    assert abs(np.mean([p for p, _ in sure]) - np.mean([right for _, right in sure])) < 0.1


def test_the_corpus_is_large_and_keeps_its_held_out_conflicts_apart():
    lines, other = corpus.load("train"), corpus.load("heldout")
    labelled = [x for x in lines if x.label in corpus.ISSUES]
    assert len(labelled) >= 1500
    assert min(sum(x.label == issue for x in labelled) for issue in corpus.ISSUES) >= 60
    assert sum(x.label in corpus.ISSUES for x in other) >= 300
    conflicts = {x.file for x in other} - set(train.SHARED)
    assert len(conflicts) >= 8
    assert not conflicts & {x.file for x in lines}
    assert not {x.text.casefold() for x in lines} & {x.text.casefold() for x in other}


def test_the_weights_are_those_of_the_sentences_and_nobody_edited_them():
    weights = issue_weights()
    assert weights.trained_on == corpus.digest(corpus.load("train")), "run training/train.py"
    assert weights.digest == train.digest_of(weights), "run training/train.py"
    assert train.OUT.read_text(encoding="utf-8") == train.text_of(weights)


def test_training_twice_gives_the_same_bytes():
    few = [x for x in corpus.load("train") if x.file in ("aceh", "el-salvador", "open")]
    first, second = (train.text_of(train.train(corpus.parse(few, model()), most=20)) for _ in range(2))
    assert first == second
    weights = msgspec.json.decode(first.encode(), type=type(issue_weights()))
    learnt = Classifier(weights).classify([(list(model()("guerrillas hand over their rifles to the police")), 1.0)])
    assert learnt is not None
    assert learnt[0] == "disarmament"


def test_a_fit_is_where_the_penalised_loss_is_flat():
    rng = np.random.default_rng(7)
    rows, labels = rng.normal(size=(60, 4)), rng.integers(0, 3, size=60)
    weights, bias = regression.fit(rows, labels, 3, strength=2.0, steps=500)
    error = (regression.softmax(rows @ weights + bias) - np.eye(3)[labels]) / 60
    assert np.abs(rows.T @ error + weights / (2.0 * 60)).max() < 1e-4
    assert np.abs(error.sum(axis=0)).max() < 1e-4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[cease-fire]\na truce\n", "heading must be one of"),
        ("a truce\n", "must stand under a heading"),
        ("[ceasefire]\n{a} {truce}\n", "one {proposition} at most"),
        ("[ceasefire]\na truce\nA truce\n", "must not come twice"),
    ],
)
def test_a_line_out_of_form_is_refused_with_its_place(tmp_path, text, message):
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "here.txt").write_text(text, encoding="utf-8")
    with pytest.raises(corpus.CorpusError, match=r"here\S*:\d") as caught:
        corpus.load("train", tmp_path)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"classes": ["ceasefire"]}, "classes must be"),
        ({"bias": [0.0]}, "every row must have 24 numbers; one has 1"),
        ({"lexicon": []}, "must have 22 rows; it has 0"),
        ({"temperature": 0.0}, "temperature must be above 0"),
    ],
)
def test_weights_out_of_form_are_refused(monkeypatch, changed, message):
    broken = msgspec.structs.replace(issue_weights(), **changed)
    monkeypatch.setattr(weights_file, "load", lambda name, form: broken)
    issue_weights.cache_clear()
    try:
        with pytest.raises(VocabularyError, match=message):
            issue_weights()
    finally:
        issue_weights.cache_clear()
