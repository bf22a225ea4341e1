"""Statements that make payslips of proposals inside the database: rows that it has need not leave it and come back.

What a payslip says is what the proposal said that a second person approved; nothing is computed here.
Parameters: run, contracts (of one part), payday, year ("2026-"), first (payslip number), at.
"""

from __future__ import annotations

PAYSLIP = """
    INSERT INTO payroll_payslip
        (organisation_id, proposal_id, run_id, contract_id, person_id, number, payday, period, payee_name,
         recipient_name, tax_card_id, card_kind, iban, gross, taxable, pensionable, withholding, pension,
         other_deductions, net, made_at, is_cancelled, document_id)
    SELECT proposal.organisation_id, proposal.id, proposal.run_id, proposal.contract_id, proposal.person_id,
           %(year)s || lpad((%(first)s + row_number() OVER (ORDER BY proposal.position) - 1)::text, 6, '0'),
           %(payday)s, proposal.period,
           btrim(person.given_names || ' ' || person.family_name),
           coalesce(btrim(recipient.given_names || ' ' || recipient.family_name), ''),
           proposal.tax_card_id, proposal.card_kind, proposal.iban, proposal.gross, proposal.taxable,
           proposal.pensionable, proposal.withholding, proposal.pension, proposal.other_deductions, proposal.net,
           %(at)s, false, NULL
      FROM payroll_proposal proposal
      JOIN people_person person ON person.id = proposal.person_id
      JOIN contracts_contract contract ON contract.id = proposal.contract_id
      LEFT JOIN people_person recipient ON recipient.id = contract.recipient_id
     WHERE proposal.run_id = %(run)s AND proposal.contract_id = ANY(%(contracts)s::bigint[])
       AND NOT proposal.is_left_out AND proposal.line_count > 0
     ORDER BY proposal.position
"""

LINES = """
    INSERT INTO payroll_payslipline
        (organisation_id, payslip_id, position, code, period, quantity, of, percent, amount, is_taxable,
         is_pensionable)
    SELECT slip.organisation_id, slip.id, line.place - 1, line.part ->> 'code',
           daterange((line.part #>> '{period,first}')::date, (line.part #>> '{period,last}')::date, '[]'),
           (line.part ->> 'quantity')::numeric, (line.part ->> 'of')::numeric, (line.part ->> 'percent')::numeric,
           (line.part ->> 'amount')::numeric,
           coalesce((line.part ->> 'is_taxable')::boolean, true),
           coalesce((line.part ->> 'is_pensionable')::boolean, true)
      FROM payroll_payslip slip
      JOIN payroll_proposal proposal ON proposal.id = slip.proposal_id,
           jsonb_array_elements(proposal.result -> 'lines') WITH ORDINALITY AS line (part, place)
     WHERE slip.run_id = %(run)s AND slip.contract_id = ANY(%(contracts)s::bigint[])
"""

REVISIONS = """
    INSERT INTO payroll_paidrevision (organisation_id, run_id, contract_id, payslip_id, revision_id, is_cancelled)
    SELECT proposal.organisation_id, proposal.run_id, proposal.contract_id, slip.id, revision.id::bigint, false
      FROM payroll_proposal proposal
      LEFT JOIN payroll_payslip slip ON slip.proposal_id = proposal.id,
           jsonb_array_elements_text(proposal.revision_ids) AS revision (id)
     WHERE proposal.run_id = %(run)s AND proposal.contract_id = ANY(%(contracts)s::bigint[]) AND NOT proposal.is_left_out
"""

ONE_OFFS = """
    INSERT INTO payroll_paidoneoff (organisation_id, run_id, payslip_id, one_off_id, is_cancelled)
    SELECT proposal.organisation_id, proposal.run_id, slip.id, line.id::bigint, false
      FROM payroll_proposal proposal
      LEFT JOIN payroll_payslip slip ON slip.proposal_id = proposal.id,
           jsonb_array_elements_text(proposal.one_off_ids) AS line (id)
     WHERE proposal.run_id = %(run)s AND proposal.contract_id = ANY(%(contracts)s::bigint[]) AND NOT proposal.is_left_out
"""

LATE_MONTHS = """
    INSERT INTO payroll_paidlatemonth (organisation_id, run_id, payslip_id, late_month_id, is_cancelled)
    SELECT proposal.organisation_id, proposal.run_id, slip.id, month.id::bigint, false
      FROM payroll_proposal proposal
      LEFT JOIN payroll_payslip slip ON slip.proposal_id = proposal.id,
           jsonb_array_elements_text(proposal.late_month_ids) AS month (id)
     WHERE proposal.run_id = %(run)s AND proposal.contract_id = ANY(%(contracts)s::bigint[]) AND NOT proposal.is_left_out
"""

# In this order: payslips, their lines, and the rows that make paying the same twice impossible.
PAYSLIPS = (PAYSLIP, LINES, REVISIONS, ONE_OFFS, LATE_MONTHS)
