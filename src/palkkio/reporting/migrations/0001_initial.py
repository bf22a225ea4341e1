import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
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
        ("documents", "0001_squashed"),
        ("organisations", "0001_squashed"),
        ("payroll", "0001_squashed"),
        ("people", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountMappingSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contract_kind", models.CharField(blank=True, max_length=30)),
                ("code", models.CharField(max_length=40)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "account mapping series",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "contract_kind", "code"), name="one_series_per_posting"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("account", models.CharField(max_length=20)),
                ("product", models.CharField(blank=True, max_length=20)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mappings",
                        to="reporting.accountmappingseries",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("series"),
                                    models.F("series"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (models.F("valid"), "&&"),
                        ],
                        name="mappings_of_a_series_do_not_overlap",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_accountmappingevent" ("account", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "series_id", "valid") VALUES (NEW."account", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product", NEW."series_id", NEW."valid"); RETURN NULL;',
                            hash="ec04149849f34bb7636f48e7a07dbbb3b2065510",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_06ed0",
                            table="reporting_accountmapping",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_accountmappingevent" ("account", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "series_id", "valid") VALUES (NEW."account", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product", NEW."series_id", NEW."valid"); RETURN NULL;',
                            hash="af0e94ea7b55d3157a8e5bd9c2377f3cd327170c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a7d7a",
                            table="reporting_accountmapping",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountMappingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("account", models.CharField(max_length=20)),
                ("product", models.CharField(blank=True, max_length=20)),
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
                        to="reporting.accountmapping",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reporting.accountmappingseries",
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
                            hash="80ac336b38e05306c7d81f14c3281dfce8aad8c9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_17f94",
                            table="reporting_accountmappingevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.PositiveSmallIntegerField()),
                ("delivery_id", models.CharField(max_length=40)),
                ("payday", models.DateField()),
                ("period", palkkio.organisations.fields.DaysField()),
                ("due_on", models.DateField()),
                ("report_count", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                ("is_cancelled", models.BooleanField(default=False)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.run"),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "delivery_id"), name="a_delivery_id_is_used_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_cancelled", False)),
                        fields=("run", "part"),
                        name="one_delivery_per_part_of_a_run",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_deliveryevent" ("delivery_id", "due_on", "file_id", "id", "is_cancelled", "made_at", "organisation_id", "part", "payday", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_count", "run_id", "sent_at", "sent_by_id") VALUES (NEW."delivery_id", NEW."due_on", NEW."file_id", NEW."id", NEW."is_cancelled", NEW."made_at", NEW."organisation_id", NEW."part", NEW."payday", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."report_count", NEW."run_id", NEW."sent_at", NEW."sent_by_id"); RETURN NULL;',
                            hash="64c0626139c99feb4011cd024b22cb308253689e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_49ed2",
                            table="reporting_delivery",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_deliveryevent" ("delivery_id", "due_on", "file_id", "id", "is_cancelled", "made_at", "organisation_id", "part", "payday", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_count", "run_id", "sent_at", "sent_by_id") VALUES (NEW."delivery_id", NEW."due_on", NEW."file_id", NEW."id", NEW."is_cancelled", NEW."made_at", NEW."organisation_id", NEW."part", NEW."payday", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."report_count", NEW."run_id", NEW."sent_at", NEW."sent_by_id"); RETURN NULL;',
                            hash="25066e8b6fa6ca7d4bd44b0d1319a7fdfe6baa39",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ce030",
                            table="reporting_delivery",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("part", models.PositiveSmallIntegerField()),
                ("delivery_id", models.CharField(max_length=40)),
                ("payday", models.DateField()),
                ("period", palkkio.organisations.fields.DaysField()),
                ("due_on", models.DateField()),
                ("report_count", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                ("is_cancelled", models.BooleanField(default=False)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="documents.document",
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
                        to="reporting.delivery",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payroll.run",
                    ),
                ),
                (
                    "sent_by",
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
                            hash="c062cf73bcac2f8e886edfba66059c55521c5053",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_963de",
                            table="reporting_deliveryevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report_id", models.CharField(max_length=40)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("totals", models.JSONField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="reporting.delivery"
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
                    "replaces",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reporting.report"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "report_id", "version"), name="a_version_of_a_report_is_made_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=30)),
                ("posted_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.run"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="a_voucher_number_is_used_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_cancelled", False)), fields=("run",), name="one_voucher_per_run"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VoucherLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("account", models.CharField(max_length=20)),
                ("cost_centre", models.CharField(blank=True, max_length=20)),
                ("product", models.CharField(blank=True, max_length=20)),
                ("municipality", models.CharField(blank=True, max_length=3)),
                ("code", models.CharField(max_length=40)),
                ("debit", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("credit", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "voucher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="reporting.voucher"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("voucher", "position"), name="voucher_lines_stand_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("credit__gt", 0), ("debit", 0)),
                            models.Q(("credit", 0), ("debit__gt", 0)),
                            _connector="OR",
                        ),
                        name="a_voucher_line_has_one_side",
                    ),
                ],
            },
        ),
        migrations.RunPython(triggers_of("reporting"), migrations.RunPython.noop),
    ]
