import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from palkkio.audit.triggers import triggers_of


class Migration(migrations.Migration):
    replaces = [
        ("palkkio_messages", "0001_initial"),
        ("palkkio_messages", "0002_notices_of_accounts_and_gates"),
        ("palkkio_messages", "0003_notices_of_handled_changes"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed"),
        ("organisations", "0001_squashed"),
        ("people", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallbackRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone", models.CharField(max_length=30)),
                ("topic", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "contact_point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.contactpoint"
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "palkkio_messages_callbackrequestevent" ("asked_at", "contact_point_id", "handled_at", "handled_by_id", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "topic") VALUES (NEW."asked_at", NEW."contact_point_id", NEW."handled_at", NEW."handled_by_id", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."topic"); RETURN NULL;',
                            hash="ae7376d847763f2afd6dd3fccb6533d004edec70",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d85e6",
                            table="palkkio_messages_callbackrequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "palkkio_messages_callbackrequestevent" ("asked_at", "contact_point_id", "handled_at", "handled_by_id", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "topic") VALUES (NEW."asked_at", NEW."contact_point_id", NEW."handled_at", NEW."handled_by_id", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."topic"); RETURN NULL;',
                            hash="cbfd858dca9161ad6810762523e0acee71bfb6e2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7f155",
                            table="palkkio_messages_callbackrequest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallbackRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("phone", models.CharField(max_length=30)),
                ("topic", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "contact_point",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.contactpoint",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        to="palkkio_messages.callbackrequest",
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
                            hash="805488f28abed4f0c2916ce1e2911daf1f74b895",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e87f6",
                            table="palkkio_messages_callbackrequestevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "about",
                    models.CharField(
                        choices=[("sheet", "Sheet"), ("contract", "Contract"), ("other", "Other")], max_length=12
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("day", models.DateField(blank=True, null=True)),
                ("text", models.TextField(max_length=4000)),
                ("is_staff", models.BooleanField()),
                ("written_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                ("processed_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "author_person",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "processed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "about", "object_id"], name="comments_by_matter"),
                    models.Index(
                        condition=models.Q(
                            ("deleted_at__isnull", True), ("is_staff", False), ("processed_at__isnull", True)
                        ),
                        fields=["organisation", "written_at"],
                        name="comments_to_process",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "palkkio_messages_commentevent" ("about", "author_id", "author_person_id", "day", "deleted_at", "edited_at", "id", "is_staff", "object_id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "processed_at", "processed_by_id", "text", "written_at") VALUES (NEW."about", NEW."author_id", NEW."author_person_id", NEW."day", NEW."deleted_at", NEW."edited_at", NEW."id", NEW."is_staff", NEW."object_id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."processed_at", NEW."processed_by_id", NEW."text", NEW."written_at"); RETURN NULL;',
                            hash="124931fbbed62e5b0e2fab6432227f4728c20440",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fe96b",
                            table="palkkio_messages_comment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "palkkio_messages_commentevent" ("about", "author_id", "author_person_id", "day", "deleted_at", "edited_at", "id", "is_staff", "object_id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "processed_at", "processed_by_id", "text", "written_at") VALUES (NEW."about", NEW."author_id", NEW."author_person_id", NEW."day", NEW."deleted_at", NEW."edited_at", NEW."id", NEW."is_staff", NEW."object_id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."processed_at", NEW."processed_by_id", NEW."text", NEW."written_at"); RETURN NULL;',
                            hash="a9d9c1d33cbb4069987673bc14ee541a525b0c64",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4fb65",
                            table="palkkio_messages_comment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "about",
                    models.CharField(
                        choices=[("sheet", "Sheet"), ("contract", "Contract"), ("other", "Other")], max_length=12
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("day", models.DateField(blank=True, null=True)),
                ("text", models.TextField(max_length=4000)),
                ("is_staff", models.BooleanField()),
                ("written_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                ("processed_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author_person",
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
                        to="palkkio_messages.comment",
                    ),
                ),
                (
                    "processed_by",
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
                            hash="48e4227dfe63cbc646f59c558edcae103ad1691a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6c45c",
                            table="palkkio_messages_commentevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sheet_returned", "Sheet Returned"),
                            ("deadline_near", "Deadline Near"),
                            ("payslip_ready", "Payslip Ready"),
                            ("comment_answered", "Comment Answered"),
                            ("change_handled", "Change Handled"),
                            ("bank_account_changed", "Bank Account Changed"),
                            ("gate_open", "Gate Open"),
                        ],
                        max_length=30,
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("key", models.CharField(max_length=80)),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("emailed_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "key"), name="a_notice_is_given_once")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "palkkio_messages_noticeevent" ("created_at", "emailed_at", "id", "key", "kind", "object_id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at") VALUES (NEW."created_at", NEW."emailed_at", NEW."id", NEW."key", NEW."kind", NEW."object_id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."read_at"); RETURN NULL;',
                            hash="530b14147ec0a74b08f66b7d9f79eca90da43714",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fd45d",
                            table="palkkio_messages_notice",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "palkkio_messages_noticeevent" ("created_at", "emailed_at", "id", "key", "kind", "object_id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at") VALUES (NEW."created_at", NEW."emailed_at", NEW."id", NEW."key", NEW."kind", NEW."object_id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."read_at"); RETURN NULL;',
                            hash="996091e3f83c3b42b99324b1e6796e9641ac79cd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ed96a",
                            table="palkkio_messages_notice",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sheet_returned", "Sheet Returned"),
                            ("deadline_near", "Deadline Near"),
                            ("payslip_ready", "Payslip Ready"),
                            ("comment_answered", "Comment Answered"),
                            ("change_handled", "Change Handled"),
                            ("bank_account_changed", "Bank Account Changed"),
                            ("gate_open", "Gate Open"),
                        ],
                        max_length=30,
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("key", models.CharField(max_length=80)),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("emailed_at", models.DateTimeField(null=True)),
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
                        to="palkkio_messages.notice",
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
                            hash="db819ec81bc6e33209b368ab557faa7396ea9ad4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_aaf2e",
                            table="palkkio_messages_noticeevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.RunPython(triggers_of("palkkio_messages"), migrations.RunPython.noop),
    ]
