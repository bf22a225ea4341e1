"""bin/bench answers: what the answers to known and unknown e-mail addresses have in common."""

from __future__ import annotations

import pytest

from bench import answers

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_status_text_and_statements_do_not_tell_who_has_an_account() -> None:
    made = answers.compare(2)
    assert [one.question for one in made] == list(answers.QUESTIONS)
    assert [difference for one in made for difference in one.differences] == []


def test_a_difference_in_words_or_in_cost_is_said() -> None:
    said: list[str] = []
    slow = answers.Answers("sign in", [0.2, 0.2], [0.1, 0.1])
    told = answers.Answers("register", [0.1], [0.1], ["try 1: (200, 3) and (200, 3), or the text"])
    equal = answers.Answers("ask", [0.1], [0.11])
    assert not answers.report([slow], said.append)
    assert not answers.report([told], said.append)
    assert answers.report([equal], said.append)
    assert "sign in: known 200.0 ms, unknown 100.0 ms, ratio 2.00" in said
    assert sum("DIFFERS" in line for line in said) == 2
