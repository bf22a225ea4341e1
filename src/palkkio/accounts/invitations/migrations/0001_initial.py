import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import palkkio.organisations.fields
from palkkio.audit.triggers import triggers_of


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_squashed"),
        ("organisations", "0001_squashed"),
        ("people", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("employer", "Employer"), ("mandate", "Mandate"), ("again", "Again")], max_length=10
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("language", models.CharField(default="fi", max_length=2)),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                (
                    "scope",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unlimited", "unlimited"),
                            ("booking_and_messages", "booking_and_messages"),
                            ("read_only", "read_only"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["principal", "made_at"], name="invitations_of_a_principal")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("person__isnull", True),
                                ("principal__isnull", False),
                                ("purpose", "mandate"),
                                ("valid__isnull", False),
                            ),
                            models.Q(
                                models.Q(("purpose", "mandate"), _negated=True),
                                ("person__isnull", False),
                                ("principal__isnull", True),
                                ("valid__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="an_invitation_says_who_comes_or_whom_to_act_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("used_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"),
                        name="a_used_invitation_is_not_withdrawn",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "invitations_invitationevent" ("email", "expires_at", "id", "language", "made_at", "made_by_id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal_id", "purpose", "reason", "scope", "used_at", "used_by_id", "valid", "withdrawn_at") VALUES (NEW."email", NEW."expires_at", NEW."id", NEW."language", NEW."made_at", NEW."made_by_id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."principal_id", NEW."purpose", NEW."reason", NEW."scope", NEW."used_at", NEW."used_by_id", NEW."valid", NEW."withdrawn_at"); RETURN NULL;',
                            hash="0c5e8bab97d67ad8618dfd4c8d0dc528f4aa57a9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_453cf",
                            table="invitations_invitation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."principal_id" IS DISTINCT FROM (NEW."principal_id") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."scope" IS DISTINCT FROM (NEW."scope") OR OLD."used_at" IS DISTINCT FROM (NEW."used_at") OR OLD."used_by_id" IS DISTINCT FROM (NEW."used_by_id") OR OLD."valid" IS DISTINCT FROM (NEW."valid") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            func='INSERT INTO "invitations_invitationevent" ("email", "expires_at", "id", "language", "made_at", "made_by_id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal_id", "purpose", "reason", "scope", "used_at", "used_by_id", "valid", "withdrawn_at") VALUES (NEW."email", NEW."expires_at", NEW."id", NEW."language", NEW."made_at", NEW."made_by_id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."principal_id", NEW."purpose", NEW."reason", NEW."scope", NEW."used_at", NEW."used_by_id", NEW."valid", NEW."withdrawn_at"); RETURN NULL;',
                            hash="a05f71252e248e6547c44816b2fe8cb8ce96ed3d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b597c",
                            table="invitations_invitation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[("employer", "Employer"), ("mandate", "Mandate"), ("again", "Again")], max_length=10
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("language", models.CharField(default="fi", max_length=2)),
                (
                    "scope",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unlimited", "unlimited"),
                            ("booking_and_messages", "booking_and_messages"),
                            ("read_only", "read_only"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="invitations.invitation",
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8fb4c7ee68fd53b5bcb3dcee4bb70cf4a3629e12",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f68f3",
                            table="invitations_invitationevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.RunPython(triggers_of("invitations"), migrations.RunPython.noop),
    ]
