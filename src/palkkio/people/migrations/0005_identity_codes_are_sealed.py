import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import palkkio.people.identity

TABLES = {"people_person": "id", "people_personevent": "pgh_id"}
AT_ONCE = 2000


# The names in these statements are ours.
# ruff: noqa: S608


def seal_codes(apps, schema_editor):
    """Seal codes that stand in clear, in people and in their history."""
    ring = palkkio.people.identity.ring()
    for table, key in TABLES.items():
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            last = 0
            while rows := _in_clear(cursor, table, key, last):
                last = rows[-1][0]
                cursor.executemany(
                    f"UPDATE {table} SET identity_code = %s, identity_digest = %s WHERE {key} = %s",
                    [(ring.seal(code), ring.digests(code)[0], number) for number, code in rows],
                )
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _in_clear(cursor, table, key, last):
    cursor.execute(
        f"SELECT {key}, identity_code FROM {table} WHERE identity_code <> '' AND identity_digest = '' AND {key} > %s"
        f" ORDER BY {key} LIMIT {AT_ONCE}",
        [last],
    )
    return cursor.fetchall()


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
        ("people", "0004_mandates_have_a_scope_account_numbers_a_second_person"),
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
        migrations.RemoveConstraint(
            model_name="person",
            name="an_identity_code_is_known_once_per_organisation",
        ),
        migrations.AddField(
            model_name="person",
            name="identity_digest",
            field=palkkio.people.identity.IdentityDigestField(blank=True, default="", editable=False, max_length=80),
        ),
        migrations.AddField(
            model_name="personevent",
            name="identity_digest",
            field=palkkio.people.identity.IdentityDigestField(blank=True, default="", editable=False, max_length=80),
        ),
        migrations.AlterField(
            model_name="person",
            name="identity_code",
            field=palkkio.people.identity.IdentityCodeField(blank=True, max_length=100),
        ),
        migrations.AlterField(
            model_name="personevent",
            name="identity_code",
            field=palkkio.people.identity.IdentityCodeField(blank=True, max_length=100),
        ),
        migrations.RunPython(seal_codes, migrations.RunPython.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_personevent" ("born", "business_id", "died_on", "email", "family_name", "given_names", "id", "identity_code", "identity_digest", "in_prepayment_register", "language", "municipality_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "search_key", "sort_key", "street", "town", "uses_paper") VALUES (NEW."born", NEW."business_id", NEW."died_on", NEW."email", NEW."family_name", NEW."given_names", NEW."id", NEW."identity_code", NEW."identity_digest", NEW."in_prepayment_register", NEW."language", NEW."municipality_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postcode", NEW."search_key", NEW."sort_key", NEW."street", NEW."town", NEW."uses_paper"); RETURN NULL;',
                    hash="d208c7dfed87d3a9bec4287fafe3d1afc4fc621c",
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
                    func='INSERT INTO "people_personevent" ("born", "business_id", "died_on", "email", "family_name", "given_names", "id", "identity_code", "identity_digest", "in_prepayment_register", "language", "municipality_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "search_key", "sort_key", "street", "town", "uses_paper") VALUES (NEW."born", NEW."business_id", NEW."died_on", NEW."email", NEW."family_name", NEW."given_names", NEW."id", NEW."identity_code", NEW."identity_digest", NEW."in_prepayment_register", NEW."language", NEW."municipality_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postcode", NEW."search_key", NEW."sort_key", NEW."street", NEW."town", NEW."uses_paper"); RETURN NULL;',
                    hash="e610fb23bc66910f563336ab76e4c35170780f0e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_de829",
                    table="people_person",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("identity_digest", ""), _negated=True),
                fields=("organisation", "identity_digest"),
                name="an_identity_code_is_known_once_per_organisation",
            ),
        ),
    ]
