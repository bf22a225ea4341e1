"""`palkkio check`, `calculate` and `rules` start without Django or a database."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASE = ROOT / "cases" / "substitute_care" / "2026_kilometres_above_tax_free_part.yaml"
ASSISTANT_CASE = ROOT / "cases" / "personal_assistance" / "2026_contributions_of_a_saturday.yaml"


def palkkio(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "palkkio", *arguments], capture_output=True, text=True, check=False, env=environment
    )


def test_check_of_the_golden_months_exits_0():
    done = palkkio("check", str(CASE.parent))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("cases hold")


def test_calculate_prints_the_whole_result_as_json():
    """PAY-8: quantity, of what, rate, rule, source of each line."""
    done = palkkio("calculate", str(CASE), "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert [(line["code"], line["amount"]) for line in result["lines"]] == [
        ("CARE_DAY", "195.10"),
        ("KILOMETRES", "21.00"),
        ("KILOMETRES_TAXABLE", "25.20"),
    ]
    assert (result["gross"], result["withholding"], result["pension"], result["net"]) == (
        "241.30",
        "26.44",
        "14.24",
        "200.62",
    )
    assert result["lines"][0]["working"]["days"] == ["2026-05-08", "2026-05-09"]
    assert result["deductions"][1]["working"]["rate_valid"] == {"first": "2026-01-01", "last": "2026-12-31"}
    assert result["problems"][0]["code"] == "RATE_NOT_VERIFIED"
    assert result["problems"][0]["colour"] == "yellow"


def test_calculate_prints_a_payslip_for_people():
    done = palkkio("calculate", str(CASE))
    assert done.returncode == 0
    assert "84 km × 0.30" in done.stdout
    assert "200.62" in done.stdout


def test_calculate_of_what_is_not_there_says_so():
    done = palkkio("calculate", str(CASE.with_name("none.yaml")))
    assert done.returncode == 2
    assert "none.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_neither_django_nor_a_database_driver_is_loaded():
    program = (
        "import sys; from palkkio.__main__ import main; "
        f"assert main(['check', {str(CASE)!r}]) == 0; assert main(['rules']) == 0; "
        "assert not {'django', 'psycopg'} & sys.modules.keys()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0, done.stderr


def test_without_a_word_it_says_which_words_there_are():
    done = palkkio()
    assert done.returncode == 0
    for word in ("check", "calculate", "rules"):
        assert word in done.stdout


def test_calculate_prints_what_the_employer_pays():
    """Worked example 15: 24.85 % in all less the employee's part, 0.31 %, 1.91 %; the cost is the pay and these."""
    done = palkkio("calculate", str(ASSISTANT_CASE), "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert {each["code"]: each["amount"] for each in result["employer_costs"]} == {
        "PENSION_EMPLOYER": "24.48",
        "UNEMPLOYMENT_EMPLOYER": "0.43",
        "HEALTH_INSURANCE": "2.66",
        "ACCIDENT_INSURANCE": "0.73",
        "GROUP_LIFE_INSURANCE": "0.07",
    }
    assert (result["employer_cost"], result["unemployment"], result["net"]) == ("167.85", "1.24", "110.62")
    assert result["employer_costs"][0]["working"]["rule"] == "employer_pension"
    assert result["lines"][0]["is_taxable"] is True
