import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0001_initial"),
        ("organisations", "0001_initial"),
        ("payroll", "0003_late_months"),
        ("people", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("hearing", "Hearing"),
                            ("decided", "Decided"),
                            ("recovering", "Recovering"),
                            ("closed", "Closed"),
                        ],
                        default="hearing",
                        max_length=12,
                    ),
                ),
                ("reference", models.CharField(max_length=20)),
                ("explanation", models.TextField()),
                ("opened_on", models.DateField()),
                ("answer_by", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("", "None"), ("consents", "Consents"), ("objects", "Objects")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answer_text", models.TextField(blank=True)),
                (
                    "answer_channel",
                    models.CharField(
                        blank=True,
                        choices=[("portal", "Portal"), ("paper", "Paper"), ("phone", "Phone")],
                        max_length=10,
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
                ("consented_on", models.DateField(null=True)),
                ("decision", models.TextField(blank=True)),
                ("decided_on", models.DateField(null=True)),
                ("posted_on", models.DateField(null=True)),
                ("is_appealed", models.BooleanField(default=False)),
                ("final_from", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("closed_reason", models.TextField(blank=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
            ],
        ),
        migrations.CreateModel(
            name="RecoveryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("hearing", "Hearing"),
                            ("decided", "Decided"),
                            ("recovering", "Recovering"),
                            ("closed", "Closed"),
                        ],
                        default="hearing",
                        max_length=12,
                    ),
                ),
                ("reference", models.CharField(max_length=20)),
                ("explanation", models.TextField()),
                ("opened_on", models.DateField()),
                ("answer_by", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("", "None"), ("consents", "Consents"), ("objects", "Objects")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answer_text", models.TextField(blank=True)),
                (
                    "answer_channel",
                    models.CharField(
                        blank=True,
                        choices=[("portal", "Portal"), ("paper", "Paper"), ("phone", "Phone")],
                        max_length=10,
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
                ("consented_on", models.DateField(null=True)),
                ("decision", models.TextField(blank=True)),
                ("decided_on", models.DateField(null=True)),
                ("posted_on", models.DateField(null=True)),
                ("is_appealed", models.BooleanField(default=False)),
                ("final_from", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("closed_reason", models.TextField(blank=True)),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contracts.contract",
                    ),
                ),
                (
                    "decided_by",
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
                    "opened_by",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="payroll.recovery",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecoveryPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "receivable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.receivable"
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="payroll.recovery"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_payday", models.DateField()),
                ("instalment", models.DecimalField(decimal_places=2, max_digits=12)),
                ("leaves", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("made_on", models.DateField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="payroll.recovery"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryPlanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("first_payday", models.DateField()),
                ("instalment", models.DecimalField(decimal_places=2, max_digits=12)),
                ("leaves", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("made_on", models.DateField()),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="payroll.recoveryplan",
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payroll.recovery",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecoveryTransfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("withheld", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("paid_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="payroll.recovery"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryTransferEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("withheld", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("paid_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
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
                        to="payroll.recoverytransfer",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payroll.recovery",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecoveryWaiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="waivers", to="payroll.recovery"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryWaiverEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
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
                        to="payroll.recoverywaiver",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payroll.recovery",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="recovery",
            index=models.Index(fields=["organisation", "person"], name="recoveries_by_person"),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.UniqueConstraint(
                fields=("organisation", "number"), name="a_recovery_number_is_used_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.UniqueConstraint(
                fields=("organisation", "reference"), name="a_recovery_reference_is_used_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "recovering"), _negated=True),
                    ("consented_on__isnull", False),
                    ("final_from__isnull", False),
                    _connector="OR",
                ),
                name="nothing_is_recovered_before_consent_or_a_final_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", False), ("state", "closed")),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", True)),
                    _connector="OR",
                ),
                name="a_closed_recovery_has_its_day",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recovery",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payroll_recoveryevent" ("answer", "answer_by", "answer_channel", "answer_text", "answered_on", "closed_on", "closed_reason", "consented_on", "contract_id", "decided_by_id", "decided_on", "decision", "explanation", "final_from", "id", "is_appealed", "number", "opened_by_id", "opened_on", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "reference", "state") VALUES (NEW."answer", NEW."answer_by", NEW."answer_channel", NEW."answer_text", NEW."answered_on", NEW."closed_on", NEW."closed_reason", NEW."consented_on", NEW."contract_id", NEW."decided_by_id", NEW."decided_on", NEW."decision", NEW."explanation", NEW."final_from", NEW."id", NEW."is_appealed", NEW."number", NEW."opened_by_id", NEW."opened_on", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."posted_on", NEW."reference", NEW."state"); RETURN NULL;',
                    hash="47dc27bf44edc89c75ccfaf175e3f4a01f74c766",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a54ba",
                    table="payroll_recovery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recovery",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payroll_recoveryevent" ("answer", "answer_by", "answer_channel", "answer_text", "answered_on", "closed_on", "closed_reason", "consented_on", "contract_id", "decided_by_id", "decided_on", "decision", "explanation", "final_from", "id", "is_appealed", "number", "opened_by_id", "opened_on", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "reference", "state") VALUES (NEW."answer", NEW."answer_by", NEW."answer_channel", NEW."answer_text", NEW."answered_on", NEW."closed_on", NEW."closed_reason", NEW."consented_on", NEW."contract_id", NEW."decided_by_id", NEW."decided_on", NEW."decision", NEW."explanation", NEW."final_from", NEW."id", NEW."is_appealed", NEW."number", NEW."opened_by_id", NEW."opened_on", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."posted_on", NEW."reference", NEW."state"); RETURN NULL;',
                    hash="0c6a5c61d4e3b8bce84d9a1b9d98a8d36e4b86e9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c6f46",
                    table="payroll_recovery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recoveryevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="576cfa9f77411147943e5cc7de736f7bb1ce929f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_df9e9",
                    table="payroll_recoveryevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverypart",
            constraint=models.UniqueConstraint(fields=("receivable",), name="a_receivable_is_recovered_once"),
        ),
        migrations.AddConstraint(
            model_name="recoveryplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("instalment__gte", 0), ("leaves__gte", 0)), name="a_plan_is_not_negative"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recoveryplan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payroll_recoveryplanevent" ("first_payday", "id", "instalment", "leaves", "made_by_id", "made_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recovery_id") VALUES (NEW."first_payday", NEW."id", NEW."instalment", NEW."leaves", NEW."made_by_id", NEW."made_on", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recovery_id"); RETURN NULL;',
                    hash="576beeeb36c43a9ebd209dd7a640c0c99bf3db1c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6d96b",
                    table="payroll_recoveryplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recoveryplan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payroll_recoveryplanevent" ("first_payday", "id", "instalment", "leaves", "made_by_id", "made_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recovery_id") VALUES (NEW."first_payday", NEW."id", NEW."instalment", NEW."leaves", NEW."made_by_id", NEW."made_on", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recovery_id"); RETURN NULL;',
                    hash="e0ab9f0dba046e50c85f6b6cf18f42adbe5da60e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1a4c8",
                    table="payroll_recoveryplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recoveryplanevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ca91bb750202755d9ec50c47914df6f291df5d71",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d9027",
                    table="payroll_recoveryplanevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverytransfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("withheld__gte", 0)), name="a_transfer_is_positive"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recoverytransfer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payroll_recoverytransferevent" ("amount", "id", "organisation_id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "recovery_id", "taken_back_at", "withheld") VALUES (NEW."amount", NEW."id", NEW."organisation_id", NEW."paid_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."recovery_id", NEW."taken_back_at", NEW."withheld"); RETURN NULL;',
                    hash="58878d2c88562638b7f9adf84d3b52ca7e51bd6e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_70dec",
                    table="payroll_recoverytransfer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recoverytransfer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payroll_recoverytransferevent" ("amount", "id", "organisation_id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "recovery_id", "taken_back_at", "withheld") VALUES (NEW."amount", NEW."id", NEW."organisation_id", NEW."paid_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."recovery_id", NEW."taken_back_at", NEW."withheld"); RETURN NULL;',
                    hash="331691ce87c632fcced38189e7ce56e2a4ac3b79",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4e9ec",
                    table="payroll_recoverytransfer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recoverytransferevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fd182722bf7a9615f5d603fb2a64e11014cb3e66",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d24ad",
                    table="payroll_recoverytransferevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverywaiver",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_waiver_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="recoverywaiver",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_waiver_is_approved_by_a_second_person",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recoverywaiver",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payroll_recoverywaiverevent" ("amount", "approved_at", "approved_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "recovery_id", "withdrawn_at") VALUES (NEW."amount", NEW."approved_at", NEW."approved_by_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."recovery_id", NEW."withdrawn_at"); RETURN NULL;',
                    hash="36321ed56784de67a00c643703d2590ea486c7a4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5d038",
                    table="payroll_recoverywaiver",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recoverywaiver",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payroll_recoverywaiverevent" ("amount", "approved_at", "approved_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "recovery_id", "withdrawn_at") VALUES (NEW."amount", NEW."approved_at", NEW."approved_by_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."recovery_id", NEW."withdrawn_at"); RETURN NULL;',
                    hash="6730e1881724698a4b73c1b254d786a852c1e750",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bc276",
                    table="payroll_recoverywaiver",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recoverywaiverevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f1464e8e1a25b43ea2665f8dbab9a7cccf1509f0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3f516",
                    table="payroll_recoverywaiverevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
