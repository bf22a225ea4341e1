from django.db import migrations

FORWARDS = """
CREATE FUNCTION palkkio_payslip_with_payment_is_not_cancelled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM payments_payment WHERE payslip_id = NEW.id AND NOT is_cancelled) THEN
        RAISE EXCEPTION 'A payslip that is still to be paid cannot be cancelled'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_payslip_with_a_payment_is_not_cancelled';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_payslip_with_a_payment_is_not_cancelled
    BEFORE UPDATE OF is_cancelled ON payroll_payslip
    FOR EACH ROW WHEN (NEW.is_cancelled AND NOT OLD.is_cancelled)
    EXECUTE FUNCTION palkkio_payslip_with_payment_is_not_cancelled();
"""
BACKWARDS = """
DROP TRIGGER a_payslip_with_a_payment_is_not_cancelled ON payroll_payslip;
DROP FUNCTION palkkio_payslip_with_payment_is_not_cancelled();
"""


class Migration(migrations.Migration):
    """Whatever asks for it, payslips are taken back only after their payments: the bank's file is cancelled first."""

    dependencies = [("payments", "0001_initial"), ("payroll", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
