"""Asks the API whatever its OpenAPI document allows, and things that it does not; every answer must be as described."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig
from served import SECRET

import accord
from accord.web import create_app
from accord.web.desk import Desk
from accord.web.guard import Access

# What is well formed can still be unanswerable (no such party, a table that breaks a rule): 400 and 404 say so,
# 422 is for what has not the form that the document gives.
_CONFIG = {
    "checks": {
        "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404", "414", "501"]},
        "negative_data_rejection": {"expected-statuses": ["400", "403", "404", "405", "413", "414", "422"]},
    }
}


_FOLDER = TemporaryDirectory(prefix="accord-test-")
_APP = create_app(Desk(accord.open(Path(_FOLDER.name) / "asked.accord")), Access(secret=SECRET, hosts=("*",)))
schema = schemathesis.openapi.from_asgi("/api/openapi.json", _APP, config=SchemathesisConfig.from_dict(_CONFIG))


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing prints: a browser for every PDF that is asked for would take minutes."""
    monkeypatch.setattr("accord.publishing.exports.pdf.BROWSERS", ())


@pytest.fixture(scope="module", autouse=True)
def asked(record_file: Path) -> Iterator[None]:
    """The record that is asked, and written to, by every test of this module."""
    with accord.open(record_file) as workspace:
        workspace.record()
    copyfile(record_file, Path(_FOLDER.name) / "asked.accord")
    yield
    _APP.state.desk.close()
    _FOLDER.cleanup()


@schema.parametrize()
@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_the_document_says(case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"x-accord-csrf": SECRET})
