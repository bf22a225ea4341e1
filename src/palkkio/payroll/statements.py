"""The statement that makes payslips of proposals inside the database: rows that it has need not leave it and come back.

What a payslip says is what the proposal said that a second person approved; nothing is computed here. Payslips, their
lines and the rows that make paying the same twice impossible are one statement: each row of it is made of the same
proposal, and a payslip's number is known before its lines are written, so nothing is looked up again. How long it takes
does not depend on how many payslips there are.
Parameters: run, proposals (of one part), payday, year ("2026-"), first (payslip number), at.
Returns how many payslips were made, how many of them have a gross that is not the sum of their lines, and which of the
proposals have something overpaid.
"""

from __future__ import annotations

PAYSLIPS = """
    WITH in_order AS (
        SELECT proposal.id, proposal.organisation_id, proposal.run_id, proposal.contract_id, proposal.person_id,
               proposal.position, proposal.period, proposal.revision_ids, proposal.one_off_ids,
               proposal.late_month_ids, proposal.tax_card_id, proposal.card_kind, proposal.iban, proposal.result,
               proposal.line_count > 0 AS is_paid, proposal.has_overpaid, proposal.gross, proposal.taxable,
               proposal.pensionable, proposal.withholding, proposal.pension, proposal.other_deductions, proposal.net,
               btrim(person.given_names || ' ' || person.family_name) AS payee_name,
               coalesce(btrim(recipient.given_names || ' ' || recipient.family_name), '') AS recipient_name,
               row_number() OVER (PARTITION BY proposal.line_count > 0 ORDER BY proposal.position) - 1 AS place
          FROM payroll_proposal proposal
          JOIN people_person person ON person.id = proposal.person_id
          JOIN contracts_contract contract ON contract.id = proposal.contract_id
          LEFT JOIN people_person recipient ON recipient.id = contract.recipient_id
         WHERE proposal.id = ANY(%(proposals)s::bigint[]) AND proposal.run_id = %(run)s AND NOT proposal.is_left_out
    ),
    settled AS MATERIALIZED (
        SELECT in_order.*, CASE WHEN is_paid THEN nextval(
                   (SELECT pg_get_serial_sequence('payroll_payslip', 'id'))) END AS payslip_id
          FROM in_order
    ),
    payslips AS (
        INSERT INTO payroll_payslip
            (id, organisation_id, proposal_id, run_id, contract_id, person_id, number, payday, period, payee_name,
             recipient_name, tax_card_id, card_kind, iban, gross, taxable, pensionable, withholding, pension,
             other_deductions, net, made_at, is_cancelled, document_id)
        SELECT payslip_id, organisation_id, id, run_id, contract_id, person_id,
               %(year)s || lpad((%(first)s + place)::text, 6, '0'), %(payday)s, period, payee_name,
               recipient_name, tax_card_id, card_kind, iban, gross, taxable, pensionable, withholding, pension,
               other_deductions, net, %(at)s, false, NULL
          FROM settled
         WHERE is_paid
    ),
    lines AS (
        INSERT INTO payroll_payslipline
            (organisation_id, payslip_id, position, code, period, quantity, of, percent, amount, is_taxable,
             is_pensionable)
        SELECT organisation_id, payslip_id, line.place - 1, line.part ->> 'code',
               daterange((line.part #>> '{period,first}')::date, (line.part #>> '{period,last}')::date, '[]'),
               (line.part ->> 'quantity')::numeric, (line.part ->> 'of')::numeric,
               (line.part ->> 'percent')::numeric, (line.part ->> 'amount')::numeric,
               coalesce((line.part ->> 'is_taxable')::boolean, true),
               coalesce((line.part ->> 'is_pensionable')::boolean, true)
          FROM settled, jsonb_array_elements(result -> 'lines') WITH ORDINALITY AS line (part, place)
         WHERE is_paid
        RETURNING payslip_id, amount
    ),
    revisions AS (
        INSERT INTO payroll_paidrevision (organisation_id, run_id, contract_id, payslip_id, revision_id, is_cancelled)
        SELECT organisation_id, run_id, contract_id, payslip_id, revision.id::bigint, false
          FROM settled, jsonb_array_elements_text(revision_ids) AS revision (id)
    ),
    one_offs AS (
        INSERT INTO payroll_paidoneoff (organisation_id, run_id, payslip_id, one_off_id, is_cancelled)
        SELECT organisation_id, run_id, payslip_id, line.id::bigint, false
          FROM settled, jsonb_array_elements_text(one_off_ids) AS line (id)
    ),
    late_months AS (
        INSERT INTO payroll_paidlatemonth (organisation_id, run_id, payslip_id, late_month_id, is_cancelled)
        SELECT organisation_id, run_id, payslip_id, month.id::bigint, false
          FROM settled, jsonb_array_elements_text(late_month_ids) AS month (id)
    )
    SELECT count(*) FILTER (WHERE is_paid),
           count(*) FILTER (WHERE is_paid AND gross IS DISTINCT FROM of_lines.amount),
           coalesce(array_agg(id ORDER BY position) FILTER (WHERE has_overpaid), '{}')
      FROM settled
      LEFT JOIN (SELECT payslip_id, sum(amount) AS amount FROM lines GROUP BY payslip_id) AS of_lines USING (payslip_id)
"""
