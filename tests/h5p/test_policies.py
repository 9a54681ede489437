"""When an activity is completed: each policy, at its edges."""

from decimal import Decimal

import pytest

from h5p.policies import Achieved, CompletionPolicy, default_policy, is_met

HALF = Decimal("0.5")


@pytest.mark.parametrize(
    ("policy", "achieved", "met"),
    [
        ("passed", Achieved(is_finished=True, scaled=Decimal("0.5")), True),
        ("passed", Achieved(is_finished=True, scaled=Decimal("0.4999")), False),
        ("passed", Achieved(is_finished=True), False),
        ("passed", Achieved(is_finished=False, scaled=Decimal(1)), False),
        ("passed", Achieved(is_viewed=True), False),
        ("finished", Achieved(is_finished=True), True),
        ("finished", Achieved(is_finished=True, scaled=Decimal(0)), True),
        ("finished", Achieved(is_viewed=True), False),
        ("viewed", Achieved(is_viewed=True), True),
        ("viewed", Achieved(is_finished=True, scaled=Decimal(1)), False),
        ("viewed", Achieved(), False),
    ],
)
def test_a_policy_is_met_or_not(policy, achieved, met):
    assert is_met(CompletionPolicy(policy), achieved, pass_mark=HALF) is met


def test_without_a_pass_mark_any_score_passes_but_no_score_does_not():
    assert is_met(CompletionPolicy.PASSED, Achieved(is_finished=True, scaled=Decimal(0)))
    assert not is_met(CompletionPolicy.PASSED, Achieved(is_finished=True))


@pytest.mark.parametrize(
    ("machine_name", "policy"),
    [
        ("H5P.QuestionSet", CompletionPolicy.PASSED),
        ("H5P.BranchingScenario", CompletionPolicy.PASSED),
        ("H5P.AccessibleQuestionSet", CompletionPolicy.PASSED),
        ("H5P.Questionnaire", CompletionPolicy.FINISHED),
        ("H5P.DocumentationTool", CompletionPolicy.FINISHED),
        ("H5P.Accordion", CompletionPolicy.VIEWED),
        ("H5P.Dialogcards", CompletionPolicy.VIEWED),
        ("H5P.Timeline", CompletionPolicy.VIEWED),
        ("H5P.NobodyKnows", CompletionPolicy.VIEWED),
    ],
)
def test_a_type_gets_a_policy_that_it_can_meet(machine_name, policy):
    assert default_policy(machine_name) is policy
