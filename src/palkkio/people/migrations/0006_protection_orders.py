import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

import palkkio.organisations.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_identity_codes_are_sealed"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="update_update",
        ),
        migrations.AddField(
            model_name="person",
            name="protection",
            field=palkkio.organisations.fields.DaysField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="personevent",
            name="protection",
            field=palkkio.organisations.fields.DaysField(blank=True, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_personevent" ("born", "business_id", "died_on", "email", "family_name", "given_names", "id", "identity_code", "identity_digest", "in_prepayment_register", "language", "municipality_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "protection", "search_key", "sort_key", "street", "town", "uses_paper") VALUES (NEW."born", NEW."business_id", NEW."died_on", NEW."email", NEW."family_name", NEW."given_names", NEW."id", NEW."identity_code", NEW."identity_digest", NEW."in_prepayment_register", NEW."language", NEW."municipality_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postcode", NEW."protection", NEW."search_key", NEW."sort_key", NEW."street", NEW."town", NEW."uses_paper"); RETURN NULL;',
                    hash="e6648a5e262b2a2cc686ef0956c0f6a86f187b42",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_65688",
                    table="people_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_personevent" ("born", "business_id", "died_on", "email", "family_name", "given_names", "id", "identity_code", "identity_digest", "in_prepayment_register", "language", "municipality_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "protection", "search_key", "sort_key", "street", "town", "uses_paper") VALUES (NEW."born", NEW."business_id", NEW."died_on", NEW."email", NEW."family_name", NEW."given_names", NEW."id", NEW."identity_code", NEW."identity_digest", NEW."in_prepayment_register", NEW."language", NEW."municipality_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postcode", NEW."protection", NEW."search_key", NEW."sort_key", NEW."street", NEW."town", NEW."uses_paper"); RETURN NULL;',
                    hash="fecf38a76356ce811bafcb7beade539caddd8014",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_de829",
                    table="people_person",
                    when="AFTER",
                ),
            ),
        ),
    ]
