import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("entries", "0002_an_assistant_lets_the_employer_enter"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="sheet",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="sheet",
            name="update_update",
        ),
        migrations.AddField(
            model_name="sheet",
            name="signed_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="sheetevent",
            name="signed_on",
            field=models.DateField(null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sheet",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "entries_sheetevent" ("channel", "confirmed_at", "confirmed_by_id", "contract_id", "id", "is_confirmed_on_behalf", "keyed_by_id", "note", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_at", "returned_reason", "reviewed_at", "reviewed_by_id", "scan_id", "signed_on", "state", "version") VALUES (NEW."channel", NEW."confirmed_at", NEW."confirmed_by_id", NEW."contract_id", NEW."id", NEW."is_confirmed_on_behalf", NEW."keyed_by_id", NEW."note", NEW."organisation_id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."returned_at", NEW."returned_reason", NEW."reviewed_at", NEW."reviewed_by_id", NEW."scan_id", NEW."signed_on", NEW."state", NEW."version"); RETURN NULL;',
                    hash="c190ab25dca2e9b5873bf110b0c79f6e0f36b9cd",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7a143",
                    table="entries_sheet",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sheet",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "entries_sheetevent" ("channel", "confirmed_at", "confirmed_by_id", "contract_id", "id", "is_confirmed_on_behalf", "keyed_by_id", "note", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_at", "returned_reason", "reviewed_at", "reviewed_by_id", "scan_id", "signed_on", "state", "version") VALUES (NEW."channel", NEW."confirmed_at", NEW."confirmed_by_id", NEW."contract_id", NEW."id", NEW."is_confirmed_on_behalf", NEW."keyed_by_id", NEW."note", NEW."organisation_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."returned_at", NEW."returned_reason", NEW."reviewed_at", NEW."reviewed_by_id", NEW."scan_id", NEW."signed_on", NEW."state", NEW."version"); RETURN NULL;',
                    hash="e1c30196d0af9e18d5e523406ab3576ebd89503a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0f320",
                    table="entries_sheet",
                    when="AFTER",
                ),
            ),
        ),
    ]
