import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0001_squashed"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="household",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="household",
            name="update_update",
        ),
        migrations.AddField(
            model_name="household",
            name="tax_reference",
            field=models.CharField(blank=True, max_length=25),
        ),
        migrations.AddField(
            model_name="householdevent",
            name="tax_reference",
            field=models.CharField(blank=True, max_length=25),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="household",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "households_householdevent" ("city_insures", "employer_id", "id", "made_at", "made_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "power_of_attorney_by", "power_of_attorney_on", "power_of_attorney_paper_id", "registered_on", "signed_by_id", "tax_reference") VALUES (NEW."city_insures", NEW."employer_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."power_of_attorney_by", NEW."power_of_attorney_on", NEW."power_of_attorney_paper_id", NEW."registered_on", NEW."signed_by_id", NEW."tax_reference"); RETURN NULL;',
                    hash="af7120b337f35006c91c089ba1a14373760fe060",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_eae56",
                    table="households_household",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="household",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "households_householdevent" ("city_insures", "employer_id", "id", "made_at", "made_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "power_of_attorney_by", "power_of_attorney_on", "power_of_attorney_paper_id", "registered_on", "signed_by_id", "tax_reference") VALUES (NEW."city_insures", NEW."employer_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."power_of_attorney_by", NEW."power_of_attorney_on", NEW."power_of_attorney_paper_id", NEW."registered_on", NEW."signed_by_id", NEW."tax_reference"); RETURN NULL;',
                    hash="5733e48a0c72149854ebe8b1be87cd58c91e9547",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d279e",
                    table="households_household",
                    when="AFTER",
                ),
            ),
        ),
    ]
