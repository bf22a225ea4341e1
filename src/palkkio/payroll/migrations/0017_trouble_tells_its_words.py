import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0016_a_calculation_writes_on_nothing"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="run",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="run",
            name="update_update",
        ),
        migrations.AddField(
            model_name="run",
            name="trouble_params",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="runevent",
            name="trouble_params",
            field=models.JSONField(default=dict),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="run",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payroll_runevent" ("approved_at", "approved_by_id", "approved_by_person_id", "calculated_at", "cancelled_at", "cancelled_by_id", "cancelled_reason", "care_months_until", "contract_kinds", "id", "is_extra", "number", "only_contracts", "organisation_id", "payday", "payslips_made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "produced_at", "progress_done", "progress_of", "proposal", "proposed_at", "proposed_by_id", "proposed_by_person_id", "returned_reason", "state", "trouble", "trouble_params", "until_by_kind") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."approved_by_person_id", NEW."calculated_at", NEW."cancelled_at", NEW."cancelled_by_id", NEW."cancelled_reason", NEW."care_months_until", NEW."contract_kinds", NEW."id", NEW."is_extra", NEW."number", NEW."only_contracts", NEW."organisation_id", NEW."payday", NEW."payslips_made_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."produced_at", NEW."progress_done", NEW."progress_of", NEW."proposal", NEW."proposed_at", NEW."proposed_by_id", NEW."proposed_by_person_id", NEW."returned_reason", NEW."state", NEW."trouble", NEW."trouble_params", NEW."until_by_kind"); RETURN NULL;',
                    hash="be85806e003700a1a19f5e5074cd1eb507231f85",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_21409",
                    table="payroll_run",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="run",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payroll_runevent" ("approved_at", "approved_by_id", "approved_by_person_id", "calculated_at", "cancelled_at", "cancelled_by_id", "cancelled_reason", "care_months_until", "contract_kinds", "id", "is_extra", "number", "only_contracts", "organisation_id", "payday", "payslips_made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "produced_at", "progress_done", "progress_of", "proposal", "proposed_at", "proposed_by_id", "proposed_by_person_id", "returned_reason", "state", "trouble", "trouble_params", "until_by_kind") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."approved_by_person_id", NEW."calculated_at", NEW."cancelled_at", NEW."cancelled_by_id", NEW."cancelled_reason", NEW."care_months_until", NEW."contract_kinds", NEW."id", NEW."is_extra", NEW."number", NEW."only_contracts", NEW."organisation_id", NEW."payday", NEW."payslips_made_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."produced_at", NEW."progress_done", NEW."progress_of", NEW."proposal", NEW."proposed_at", NEW."proposed_by_id", NEW."proposed_by_person_id", NEW."returned_reason", NEW."state", NEW."trouble", NEW."trouble_params", NEW."until_by_kind"); RETURN NULL;',
                    hash="d1023949cf9c9751c87c88eda0a8941ba8c00405",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b38b0",
                    table="payroll_run",
                    when="AFTER",
                ),
            ),
        ),
    ]
