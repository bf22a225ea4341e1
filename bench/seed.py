# ruff: noqa: S608  # statements are put together from names of our own
"""A county with many payees whose May is reviewed, filled in by COPY and set-based inserts: seeding is not measured.

Of twenty payees twelve are informal carers paid by the month, two substitute carers, one family carer paid by the day
and five personal assistants with half-month sheets, each employed by a household that has given its power of attorney
and insured. Those who enter have 20 days or shifts each, no two the same by rule: which days, and how long a shift,
comes from a hash of the payee's number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Model
from psycopg import sql
from tests import factories

from palkkio.contracts.models import AgreedRate, Contract, EmploymentTerms, Terms
from palkkio.core.names import search_key, sort_key
from palkkio.core.payslip import ContractKind, DeductionCode, LineCode
from palkkio.core.viewer import Viewer
from palkkio.entries.models import Sheet, SheetRevision, Shift
from palkkio.organisations import actions as organisations
from palkkio.organisations.copying import copy_rows
from palkkio.payroll import actions as payroll
from palkkio.payroll.models import TaxCard
from palkkio.people.households.models import Household, Insurance
from palkkio.people.identity import ring
from palkkio.people.models import BankAccount
from palkkio.reporting import actions as reporting

KINDS = (
    *(ContractKind.INFORMAL_CARE,) * 12,
    *(ContractKind.SUBSTITUTE_CARE,) * 2,
    ContractKind.FAMILY_CARE,
    *(ContractKind.PERSONAL_ASSISTANCE,) * 5,
)
FILLED = (
    *(Contract, Terms, EmploymentTerms, AgreedRate, BankAccount, Household, Insurance, TaxCard),
    *(Sheet, SheetRevision, Shift),
)
_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_PERSON = (
    "id", "organisation_id", "given_names", "family_name", "sort_key", "search_key", "identity_code",
    "identity_digest", "born", "language", "email", "phone", "street", "postcode", "town", "municipality_id",
    "uses_paper", "business_id",
)  # fmt: skip


@dataclass(frozen=True)
class Seeded:
    """Who proposes and who approves."""

    proposer: Viewer
    approver: Viewer


def county(
    payees: int,
    days: int,
    say: Callable[[str], None] = lambda _text: None,
    *,
    kinds: Sequence[ContractKind] = KINDS,
) -> Seeded:
    """Payees with account, card, contract and `days` entries each whose May is reviewed or handed over, April not paid.

    say    told what is filled in
    kinds  of contract of twenty payees
    """
    place = factories.county()
    _accounts(place)
    factories.rate(place, "kilometre", "0.25")
    for kind in (ContractKind.INFORMAL_CARE, ContractKind.FAMILY_CARE, ContractKind.PERSONAL_ASSISTANCE):
        organisations.start_schedule(
            kind, by=place.maker, at=factories.NOW, first=date(2026, 5, 1), values=factories.SCHEDULE
        )
    seeded = Seeded(factories.clerk(place), factories.clerk(place, "Hyväksyjä", "Hilla"))
    handler = factories.handler(place)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM people_person")
        (first,) = cursor.fetchone()
        cursor.execute("SET session_replication_role = replica")  # neither histories nor checks: the rows are sound
        say("  people")
        copy_rows("people_person", _PERSON, _people(place, payees, first, kinds))
        for model in FILLED:
            _defaults(model)
        values = {
            "organisation": place.id,
            "unit": place.unit.pk,
            "municipality": place.municipality.pk,
            "account": handler.account_id,
            "handler": handler.person_id,
            "at": factories.NOW,
            "first": first,
            "payees": payees,
            "days": days,
            "kinds": [kind.value for kind in kinds],
        }
        for name, statement in STATEMENTS.items():
            say(f"  {name}")
            cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = DEFAULT")
        for table in ("people_person", "contracts_contract", "contracts_terms", "entries_sheet"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        cursor.execute("ANALYZE")  # as a database that nobody filled within a minute has it
        say("  months of those who are paid by the month, as the job of the night hands them over")
        payroll.hand_over_months(place.id, at=factories.NOW)
        cursor.execute("ANALYZE")
    return seeded


def _defaults(model: type[Model]) -> None:
    """A column that the statements below do not name has what the model would give it; the database is thrown away."""
    table = sql.Identifier(model._meta.db_table)
    with connection.cursor() as cursor:
        for each in model._meta.concrete_fields:
            if each.null or each.primary_key or each.is_relation or each.has_db_default():
                continue
            value = each.get_db_prep_save(each.get_default(), connection)
            if value is not None:
                name = sql.Identifier(str(each.column))
                cursor.execute(sql.SQL("ALTER TABLE {} ALTER {} SET DEFAULT {}").format(table, name, value))


def _accounts(place: factories.Place) -> None:
    codes = [*(code.value for code in LineCode), *(code.value for code in DeductionCode), "NET"]
    for number, code in enumerate(codes):
        reporting.map_account(
            by=place.maker, at=factories.NOW, contract_kind="", code=code, account=f"45{number:02d}", first="1.1.2026"
        )


def _people(place: factories.Place, count: int, first: int, kinds: Sequence[ContractKind]) -> Iterator[tuple[str, ...]]:
    """Payees and, after them, as many people whom they care for; of these employers alone have an identity code."""
    keys = ring()
    town = (str(place.municipality.pk), "f", "")
    for number in range(count):
        code, born = identity_code(number)
        name = f"Mallikas-Testaaja{number:06d}"
        yield (
            str(first + number), str(place.id), "Testi", name, sort_key(name, "Testi"), search_key(name, "Testi"),
            keys.seal(code), keys.digests(code)[0], born.isoformat(), "fi", "", "", "", "", "", *town,
        )  # fmt: skip
    for number in range(count):
        code, born = identity_code(number, date(1935, 1, 1))
        is_employer = kinds[number % len(KINDS)] is ContractKind.PERSONAL_ASSISTANCE
        sealed = (keys.seal(code), keys.digests(code)[0]) if is_employer else ("", "")
        name = f"Hoidettava-Testaaja{number:06d}"
        yield (
            str(first + count + number), str(place.id), "Testi", name, sort_key(name, "Testi"),
            search_key(name, "Testi"), *sealed, born.isoformat(), "fi", "", "", "", "", "", *town,
        )  # fmt: skip


def identity_code(number: int, born_from: date = date(1965, 1, 1)) -> tuple[str, date]:
    """An identity code that nobody has: the serial numbers 900 to 999 are given to no person, and 900 is the tests'."""
    born = born_from + timedelta(days=number // 99)
    digits = f"{born:%d%m%y}{901 + number % 99:03d}"
    return f"{digits[:6]}-{digits[6:]}{_CHECK[int(digits) % 31]}", born


# A payee's number n makes the ids: person first + n, contract n + 1, terms n + 1.
_ALL = "generate_series(0, %(payees)s - 1) AS n, LATERAL (SELECT (%(kinds)s::text[])[n %% 20 + 1] AS kind) AS of"
CONTRACTS = f"""
    INSERT INTO contracts_contract
        (id, organisation_id, number, kind, carer_id, recipient_id, employer_id, unit_id, municipality_id, valid,
         signed_on, pays_trips, is_self_insured, tasks)
    OVERRIDING SYSTEM VALUE
    SELECT n + 1, %(organisation)s, '2026-' || lpad(n::text, 6, '0'), kind, %(first)s + n,
           %(first)s + %(payees)s + n,
           CASE kind WHEN 'personal_assistance' THEN %(first)s + %(payees)s + n END,
           %(unit)s, %(municipality)s, daterange('2026-01-01', NULL), '2025-12-15',
           kind = 'substitute_care', false, ''
      FROM {_ALL}
"""
TERMS = f"""
    INSERT INTO contracts_terms
        (id, organisation_id, contract_id, valid, fee_class, source, otherwise, carer_income, interval_care_days,
         other_services_hours, is_binding, absence_other, paid_by, clients)
    OVERRIDING SYSTEM VALUE
    SELECT n + 1, %(organisation)s, n + 1, daterange('2026-01-01', NULL),
           CASE kind WHEN 'informal_care' THEN 'I' ELSE '' END, '', '', '{{}}', 0, 0, false, '',
           CASE kind WHEN 'family_care' THEN 'day' ELSE 'month' END, 1
      FROM {_ALL}
"""
EMPLOYMENTS = f"""
    INSERT INTO contracts_employmentterms
        (organisation_id, terms_id, pay_group, is_pay_group_decided, area, agreement, experience_months, weekly_hours,
         working_days_per_week, employed_since, leave_rule, working_time)
    SELECT %(organisation)s, n + 1, CASE n %% 3 WHEN 0 THEN 'A' WHEN 1 THEN 'B1' ELSE 'B2' END, true,
           CASE n %% 2 WHEN 0 THEN 'capital' ELSE 'rest' END, 'by_date', n %% 200, 30, 5, '2026-01-01', 'days14',
           'normal'
      FROM {_ALL} WHERE kind = 'personal_assistance'
"""
HOUSEHOLDS = f"""
    INSERT INTO households_household
        (organisation_id, employer_id, power_of_attorney_on, power_of_attorney_by, signed_by_id, city_insures,
         registered_on, made_at, made_by_id)
    SELECT %(organisation)s, %(first)s + %(payees)s + n, '2025-12-01', 'online', %(first)s + %(payees)s + n, false,
           '2025-12-01', %(at)s, %(handler)s
      FROM {_ALL} WHERE kind = 'personal_assistance'
"""
INSURANCES = """
    INSERT INTO households_insurance
        (organisation_id, household_id, kind, insurer, policy_number, first, entered_at, entered_by_id, confirmed_at,
         confirmed_by_id)
    SELECT organisation_id, id, kind, 'Vakuutusyhtiö Esimerkki', 'V' || id, '2026-01-01', %(at)s, employer_id, %(at)s,
           %(handler)s
      FROM households_household, unnest(ARRAY['pension', 'accident']) AS kind
"""
POLICY_RATES = """
    INSERT INTO households_policyrate
        (organisation_id, household_id, key, valid, percent, source, recorded_at, recorded_by_id)
    SELECT organisation_id, id, key, daterange('2026-01-01', NULL), percent, 'vakuutuskirja', %(at)s, %(handler)s
      FROM households_household,
           (VALUES ('pension', 24.85), ('accident', 0.6), ('group_life', 0.06)) AS agreed (key, percent)
"""
RATES = f"""
    INSERT INTO contracts_agreedrate (organisation_id, terms_id, code, amount)
    SELECT %(organisation)s, n + 1, code, amount
      FROM {_ALL}
      JOIN (VALUES ('substitute_care', 'care', 97.55), ('substitute_care', 'cancelled', 48.78),
                   ('family_care', 'daily_fee', 105.20), ('family_care', 'expense_allowance_day', 34.10),
                   ('personal_assistance', 'hourly', 14.80))
        AS agreed (of_kind, code, amount) ON of_kind = kind
"""
ACCOUNTS = """
    INSERT INTO people_bankaccount (organisation_id, person_id, iban, valid)
    SELECT %(organisation)s, %(first)s + n,
           'FI' || lpad((98 - ((number || '151800')::numeric %% 97))::text, 2, '0') || number,
           daterange('2026-01-01', NULL)
      FROM generate_series(0, %(payees)s - 1) AS n,
           LATERAL (SELECT '900000' || lpad((n + 500000)::text, 8, '0') AS number) AS account
"""
CARDS = f"""
    INSERT INTO payroll_taxcard
        (organisation_id, person_id, kind, valid, base_percent, ceiling, additional_percent, accumulates_from,
         accumulated_before, source, fetched_at)
    SELECT %(organisation)s, %(first)s + n,
           CASE kind WHEN 'personal_assistance' THEN 'wage' WHEN 'family_care' THEN 'family_care'
                     ELSE 'informal_care' END,
           daterange('2026-01-01', '2027-01-01'), 5 + n %% 30, 15000, 35 + n %% 10, '2026-01-01', 0,
           'tax_administration', %(at)s
      FROM {_ALL}
"""
# Those who enter: a whole month, or two halves.
SHEETS = f"""
    INSERT INTO entries_sheet
        (organisation_id, contract_id, period, state, version, note, channel, confirmed_at, is_confirmed_on_behalf,
         returned_reason, reviewed_at, reviewed_by_id)
    SELECT %(organisation)s, n + 1, period, 'reviewed', 2, '', 'electronic', %(at)s, false, '', %(at)s, %(account)s
      FROM {_ALL}
      JOIN (VALUES (false, daterange('2026-05-01', '2026-06-01')), (true, daterange('2026-05-01', '2026-05-16')),
                   (true, daterange('2026-05-16', '2026-06-01'))) AS cut (is_halved, period)
        ON is_halved = (kind = 'personal_assistance')
     WHERE kind <> 'informal_care'
"""
ENTRIES = """
    INSERT INTO entries_sheetrevision (organisation_id, sheet_id, number, period, facts, reviewed_at, reviewed_by_id)
    SELECT sheet.organisation_id, sheet.id, 1, sheet.period,
           jsonb_build_object('entries', chosen.entries, 'trips',
             CASE WHEN contract.id %% 10 = 0 AND contract.kind = 'substitute_care' THEN
               jsonb_build_array(jsonb_build_object('day', '2026-05-04', 'kilometres', '34', 'origin', 'Koti',
                 'destination', 'Hoidettava', 'purpose', 'Hoitojakso', 'expense', '0', 'receipt', NULL))
             ELSE '[]'::jsonb END),
           %(at)s, %(account)s
      FROM entries_sheet sheet
      JOIN contracts_contract contract ON contract.id = sheet.contract_id,
           LATERAL (
             SELECT jsonb_agg(jsonb_build_object('day', day::date, 'count', '1', 'type',
                      CASE WHEN contract.kind = 'substitute_care' AND hashint8(contract.id * 31 + number) %% 15 = 0
                           THEN 'cancelled' ELSE 'care' END)
                      ORDER BY day) AS entries
               FROM (SELECT number, '2026-05-01'::date + number AS day FROM generate_series(0, 30) AS number
                      ORDER BY hashint8(contract.id * 100 + number) LIMIT %(days)s) AS days
           ) AS chosen
     WHERE contract.kind IN ('substitute_care', 'family_care')
"""
SHIFTS = """
    INSERT INTO entries_shift (organisation_id, sheet_id, start_at, end_at, decision, is_scheduled, channel,
                               entered_by_id, entered_at)
    SELECT sheet.organisation_id, sheet.id, begins.at,
           begins.at + make_interval(mins => 180 + 30 * abs(hashint8(contract.id * 7 + days.number) %% 9)),
           '', false, 'electronic', %(account)s, %(at)s
      FROM entries_sheet sheet
      JOIN contracts_contract contract ON contract.id = sheet.contract_id,
           LATERAL (SELECT number, lower(sheet.period) + number AS day FROM generate_series(0, 14) AS number
                     ORDER BY hashint8(contract.id * 100 + number) LIMIT %(days)s / 2) AS days,
           LATERAL (SELECT (days.day + make_interval(mins => 420
                      + 30 * abs(hashint8(contract.id * 13 + days.number) %% 24))) AT TIME ZONE 'Europe/Helsinki' AS at
                   ) AS begins
     WHERE contract.kind = 'personal_assistance'
"""
SHIFTS_FROZEN = """
    INSERT INTO entries_sheetrevision (organisation_id, sheet_id, number, period, facts, reviewed_at, reviewed_by_id)
    SELECT sheet.organisation_id, sheet.id, 1, sheet.period,
           jsonb_build_object('entries', '[]'::jsonb, 'trips', '[]'::jsonb, 'shifts', frozen.shifts),
           %(at)s, %(account)s
      FROM entries_sheet sheet
      JOIN contracts_contract contract ON contract.id = sheet.contract_id,
           LATERAL (SELECT jsonb_agg(jsonb_build_object(
                      'start', to_char(shift.start_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
                      'end', to_char(shift.end_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
                      'decision', '', 'is_scheduled', false) ORDER BY shift.start_at) AS shifts
                      FROM entries_shift shift WHERE shift.sheet_id = sheet.id) AS frozen
     WHERE contract.kind = 'personal_assistance'
"""
STATEMENTS = {
    "contracts": CONTRACTS,
    "terms": TERMS,
    "employments": EMPLOYMENTS,
    "households": HOUSEHOLDS,
    "insurances": INSURANCES,
    "contributions of households": POLICY_RATES,
    "rates": RATES,
    "bank accounts": ACCOUNTS,
    "tax cards": CARDS,
    "sheets": SHEETS,
    "care days": ENTRIES,
    "shifts": SHIFTS,
    "statistics of shifts": "ANALYZE entries_shift",
    "reviews of shifts": SHIFTS_FROZEN,
}
