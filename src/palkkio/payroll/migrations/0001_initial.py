import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import palkkio.organisations.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("contracts", "0001_initial"),
        ("documents", "0001_initial"),
        ("entries", "0001_initial"),
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("held_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "held_by",
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
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("released_at__isnull", True)),
                        fields=("person",),
                        name="a_person_is_held_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OneOffLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", palkkio.organisations.fields.DaysField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.CharField(max_length=200)),
                ("is_taxable", models.BooleanField(default=True)),
                ("is_pensionable", models.BooleanField(default=True)),
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
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_one_off_line_is_approved_by_a_second_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("payday", models.DateField()),
                ("is_extra", models.BooleanField(default=False)),
                ("contract_kinds", models.JSONField(default=list)),
                ("only_contracts", models.JSONField(default=list)),
                ("care_months_until", models.DateField()),
                ("until_by_kind", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("calculating", "Calculating"),
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("produced", "Produced"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="calculating",
                        max_length=12,
                    ),
                ),
                ("proposal", models.PositiveIntegerField(default=1)),
                ("proposed_at", models.DateTimeField()),
                ("calculated_at", models.DateTimeField(null=True)),
                ("progress_done", models.PositiveIntegerField(default=0)),
                ("progress_of", models.PositiveIntegerField(default=0)),
                ("trouble", models.TextField(blank=True)),
                ("returned_reason", models.TextField(blank=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("produced_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_reason", models.TextField(blank=True)),
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
                    "approved_by_person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "cancelled_by",
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
                    "proposed_by_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="a_run_number_is_used_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_extra", False), models.Q(("state", "cancelled"), _negated=True)),
                        fields=("organisation", "payday"),
                        name="one_scheduled_run_per_payday",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_run_is_approved_by_a_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaxCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("informal_care", "informal_care"),
                            ("family_care", "family_care"),
                            ("work_compensation", "work_compensation"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("base_percent", models.DecimalField(decimal_places=4, max_digits=12)),
                ("ceiling", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("additional_percent", models.DecimalField(decimal_places=4, max_digits=12)),
                ("accumulates_from", models.DateField()),
                ("accumulated_before", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                (
                    "source",
                    models.CharField(
                        choices=[("tax_administration", "Tax Administration"), ("paper", "Paper")], max_length=30
                    ),
                ),
                ("fetched_at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["organisation", "person", "kind"], name="tax_cards_by_person")],
            },
        ),
        migrations.CreateModel(
            name="Payslip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=30)),
                ("payday", models.DateField()),
                ("period", palkkio.organisations.fields.DaysField()),
                ("payee_name", models.CharField(max_length=250)),
                ("recipient_name", models.CharField(blank=True, max_length=250)),
                ("card_kind", models.CharField(max_length=30)),
                ("iban", models.CharField(max_length=34)),
                ("gross", models.DecimalField(decimal_places=2, max_digits=12)),
                ("taxable", models.DecimalField(decimal_places=2, max_digits=12)),
                ("pensionable", models.DecimalField(decimal_places=2, max_digits=12)),
                ("withholding", models.DecimalField(decimal_places=2, max_digits=12)),
                ("pension", models.DecimalField(decimal_places=2, max_digits=12)),
                ("other_deductions", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("net", models.DecimalField(decimal_places=2, max_digits=12)),
                ("facts", models.JSONField()),
                ("result", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payslips", to="payroll.run"
                    ),
                ),
                (
                    "tax_card",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.taxcard"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "contract"), name="one_payslip_per_contract_and_run"),
                    models.UniqueConstraint(fields=("organisation", "number"), name="a_payslip_number_is_used_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "net",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("gross"), "-", models.F("withholding")
                                        ),
                                        "-",
                                        models.F("pension"),
                                    ),
                                    "-",
                                    models.F("other_deductions"),
                                ),
                            )
                        ),
                        name="net_is_gross_less_deductions",
                    ),
                    models.CheckConstraint(condition=models.Q(("net__gte", 0)), name="net_is_not_negative"),
                ],
                "indexes": [models.Index(fields=["organisation", "person", "payday"], name="payslips_by_person")],
            },
        ),
        migrations.CreateModel(
            name="PayslipLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=40)),
                ("period", palkkio.organisations.fields.DaysField()),
                ("quantity", models.DecimalField(decimal_places=4, max_digits=12)),
                ("of", models.DecimalField(decimal_places=4, max_digits=12)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("is_taxable", models.BooleanField()),
                ("is_pensionable", models.BooleanField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "payslip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="payroll.payslip"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("payslip", "position"), name="lines_stand_in_order")],
            },
        ),
        migrations.CreateModel(
            name="Receivable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", palkkio.organisations.fields.DaysField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("lines", models.JSONField()),
                ("created_at", models.DateTimeField()),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
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
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="entries.sheetrevision",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receivables", to="payroll.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_receivable_is_positive"),
                    models.UniqueConstraint(
                        fields=("run", "contract", "period"), name="one_receivable_per_contract_and_period_of_a_run"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaidRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entries.sheetrevision"
                    ),
                ),
                (
                    "payslip",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_revisions",
                        to="payroll.payslip",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paid_revisions", to="payroll.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_cancelled", False)),
                        fields=("revision",),
                        name="a_revision_is_paid_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaidOneOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "one_off",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.oneoffline"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "payslip",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_one_offs",
                        to="payroll.payslip",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paid_one_offs", to="payroll.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_cancelled", False)),
                        fields=("one_off",),
                        name="a_one_off_line_is_paid_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="set_asides", to="payroll.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "contract", "code"), name="a_problem_is_set_aside_once_per_run"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("period", palkkio.organisations.fields.DaysField()),
                ("revision_ids", models.JSONField(default=list)),
                ("sheets", models.JSONField(default=dict)),
                ("one_off_ids", models.JSONField(default=list)),
                ("card_kind", models.CharField(max_length=30)),
                ("iban", models.CharField(blank=True, max_length=34)),
                ("facts", models.JSONField()),
                ("result", models.JSONField()),
                ("gross", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reimbursements", models.DecimalField(decimal_places=2, max_digits=12)),
                ("withholding", models.DecimalField(decimal_places=2, max_digits=12)),
                ("pension", models.DecimalField(decimal_places=2, max_digits=12)),
                ("other_deductions", models.DecimalField(decimal_places=2, max_digits=12)),
                ("net", models.DecimalField(decimal_places=2, max_digits=12)),
                ("receivable", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("gross_before", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("days", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("days_before", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("causes", models.JSONField(default=dict)),
                ("correction", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("problems", models.JSONField(default=list)),
                ("problem_codes", models.JSONField(default=list)),
                ("is_blocked", models.BooleanField(default=False)),
                ("is_left_out", models.BooleanField(default=False)),
                ("is_held", models.BooleanField(default=False)),
                ("is_produced", models.BooleanField(default=False)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contract"
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="payroll.run"
                    ),
                ),
                (
                    "tax_card",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payroll.taxcard"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "contract"), name="one_proposal_per_contract_and_run"),
                    models.CheckConstraint(
                        condition=models.Q(("is_blocked", True), ("is_left_out", True), _negated=True),
                        name="what_is_left_out_blocks_nothing",
                    ),
                ],
                "indexes": [models.Index(fields=["run", "position"], name="proposals_in_order")],
            },
        ),
        migrations.CreateModel(
            name="HoldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("held_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "held_by",
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
                        to="payroll.hold",
                    ),
                ),
                (
                    "released_by",
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
            },
        ),
        migrations.CreateModel(
            name="OneOffLineEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("period", palkkio.organisations.fields.DaysField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.CharField(max_length=200)),
                ("is_taxable", models.BooleanField(default=True)),
                ("is_pensionable", models.BooleanField(default=True)),
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
                        to="payroll.oneoffline",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReceivableEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("period", palkkio.organisations.fields.DaysField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("lines", models.JSONField()),
                ("created_at", models.DateTimeField()),
                ("is_cancelled", models.BooleanField(default=False)),
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
                        to="payroll.receivable",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="entries.sheetrevision",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RunEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("payday", models.DateField()),
                ("is_extra", models.BooleanField(default=False)),
                ("contract_kinds", models.JSONField(default=list)),
                ("only_contracts", models.JSONField(default=list)),
                ("care_months_until", models.DateField()),
                ("until_by_kind", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("calculating", "Calculating"),
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("produced", "Produced"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="calculating",
                        max_length=12,
                    ),
                ),
                ("proposal", models.PositiveIntegerField(default=1)),
                ("proposed_at", models.DateTimeField()),
                ("calculated_at", models.DateTimeField(null=True)),
                ("progress_done", models.PositiveIntegerField(default=0)),
                ("progress_of", models.PositiveIntegerField(default=0)),
                ("trouble", models.TextField(blank=True)),
                ("returned_reason", models.TextField(blank=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("produced_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_reason", models.TextField(blank=True)),
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
                    "approved_by_person",
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
                    "cancelled_by",
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
                        to="payroll.run",
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
                    "proposed_by_person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SetAsideEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                        to="payroll.setaside",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TaxCardEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("informal_care", "informal_care"),
                            ("family_care", "family_care"),
                            ("work_compensation", "work_compensation"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid", palkkio.organisations.fields.DaysField()),
                ("base_percent", models.DecimalField(decimal_places=4, max_digits=12)),
                ("ceiling", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("additional_percent", models.DecimalField(decimal_places=4, max_digits=12)),
                ("accumulates_from", models.DateField()),
                ("accumulated_before", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                (
                    "source",
                    models.CharField(
                        choices=[("tax_administration", "Tax Administration"), ("paper", "Paper")], max_length=30
                    ),
                ),
                ("fetched_at", models.DateTimeField()),
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
                        to="payroll.taxcard",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payroll_holdevent" ("held_at", "held_by_id", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "released_at", "released_by_id") VALUES (NEW."held_at", NEW."held_by_id", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."released_at", NEW."released_by_id"); RETURN NULL;',
                    hash="9da98ae36e35a310a3d5dfd4087edcf237ceca29",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0f634",
                    table="payroll_hold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payroll_holdevent" ("held_at", "held_by_id", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "released_at", "released_by_id") VALUES (NEW."held_at", NEW."held_by_id", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."released_at", NEW."released_by_id"); RETURN NULL;',
                    hash="9342c6cb25d41f8026ce24481f904ba58e04499d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b97bc",
                    table="payroll_hold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holdevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8c892dba347dbaaf305b11e13d1c78fe0dac9122",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_96ec9",
                    table="payroll_holdevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oneoffline",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payroll_oneofflineevent" ("amount", "approved_at", "approved_by_id", "contract_id", "id", "is_pensionable", "is_taxable", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "withdrawn_at") VALUES (NEW."amount", NEW."approved_at", NEW."approved_by_id", NEW."contract_id", NEW."id", NEW."is_pensionable", NEW."is_taxable", NEW."organisation_id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."withdrawn_at"); RETURN NULL;',
                    hash="62e5bec0f33257aafb3bbb1620685a24732b5950",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d55d1",
                    table="payroll_oneoffline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oneoffline",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payroll_oneofflineevent" ("amount", "approved_at", "approved_by_id", "contract_id", "id", "is_pensionable", "is_taxable", "organisation_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "withdrawn_at") VALUES (NEW."amount", NEW."approved_at", NEW."approved_by_id", NEW."contract_id", NEW."id", NEW."is_pensionable", NEW."is_taxable", NEW."organisation_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."withdrawn_at"); RETURN NULL;',
                    hash="12ad812a0d94c7d67cb25638f25390b1db28e3ff",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2eaa0",
                    table="payroll_oneoffline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oneofflineevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="60d5e4a767310bdff6268f7e9d2291fb6e44e547",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_afa4b",
                    table="payroll_oneofflineevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="run",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payroll_runevent" ("approved_at", "approved_by_id", "approved_by_person_id", "calculated_at", "cancelled_at", "cancelled_by_id", "cancelled_reason", "care_months_until", "contract_kinds", "id", "is_extra", "number", "only_contracts", "organisation_id", "payday", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "produced_at", "progress_done", "progress_of", "proposal", "proposed_at", "proposed_by_id", "proposed_by_person_id", "returned_reason", "state", "trouble", "until_by_kind") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."approved_by_person_id", NEW."calculated_at", NEW."cancelled_at", NEW."cancelled_by_id", NEW."cancelled_reason", NEW."care_months_until", NEW."contract_kinds", NEW."id", NEW."is_extra", NEW."number", NEW."only_contracts", NEW."organisation_id", NEW."payday", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."produced_at", NEW."progress_done", NEW."progress_of", NEW."proposal", NEW."proposed_at", NEW."proposed_by_id", NEW."proposed_by_person_id", NEW."returned_reason", NEW."state", NEW."trouble", NEW."until_by_kind"); RETURN NULL;',
                    hash="140ca34eeac4ee3f10034244e308d9fe6d9f34e1",
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
                    func='INSERT INTO "payroll_runevent" ("approved_at", "approved_by_id", "approved_by_person_id", "calculated_at", "cancelled_at", "cancelled_by_id", "cancelled_reason", "care_months_until", "contract_kinds", "id", "is_extra", "number", "only_contracts", "organisation_id", "payday", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "produced_at", "progress_done", "progress_of", "proposal", "proposed_at", "proposed_by_id", "proposed_by_person_id", "returned_reason", "state", "trouble", "until_by_kind") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."approved_by_person_id", NEW."calculated_at", NEW."cancelled_at", NEW."cancelled_by_id", NEW."cancelled_reason", NEW."care_months_until", NEW."contract_kinds", NEW."id", NEW."is_extra", NEW."number", NEW."only_contracts", NEW."organisation_id", NEW."payday", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."produced_at", NEW."progress_done", NEW."progress_of", NEW."proposal", NEW."proposed_at", NEW."proposed_by_id", NEW."proposed_by_person_id", NEW."returned_reason", NEW."state", NEW."trouble", NEW."until_by_kind"); RETURN NULL;',
                    hash="de26082ca2a66aefa9e1bfa9b27332a21df9f167",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b38b0",
                    table="payroll_run",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receivableevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f147a5732ca039b560be55e8461a4a4c08ee2a1c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b5c3f",
                    table="payroll_receivableevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receivable",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payroll_receivableevent" ("amount", "contract_id", "created_at", "id", "is_cancelled", "lines", "organisation_id", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "run_id") VALUES (NEW."amount", NEW."contract_id", NEW."created_at", NEW."id", NEW."is_cancelled", NEW."lines", NEW."organisation_id", NEW."period", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revision_id", NEW."run_id"); RETURN NULL;',
                    hash="557795e42d14b5f2295aefa73bb73f1aee087e3e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e8fee",
                    table="payroll_receivable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="receivable",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payroll_receivableevent" ("amount", "contract_id", "created_at", "id", "is_cancelled", "lines", "organisation_id", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "run_id") VALUES (NEW."amount", NEW."contract_id", NEW."created_at", NEW."id", NEW."is_cancelled", NEW."lines", NEW."organisation_id", NEW."period", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revision_id", NEW."run_id"); RETURN NULL;',
                    hash="599c8b7a1672457d63dd6263a960a36c0ae1f084",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0d236",
                    table="payroll_receivable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="runevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4afdb05da25e2a7485cc92df7a392921ae54744c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2562f",
                    table="payroll_runevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="setaside",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payroll_setasideevent" ("at", "by_id", "code", "contract_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id") VALUES (NEW."at", NEW."by_id", NEW."code", NEW."contract_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."run_id"); RETURN NULL;',
                    hash="da1eae6f7cbeab26f1b506bb8f3f661d1c7fdf3a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d2697",
                    table="payroll_setaside",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="setaside",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payroll_setasideevent" ("at", "by_id", "code", "contract_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id") VALUES (NEW."at", NEW."by_id", NEW."code", NEW."contract_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."run_id"); RETURN NULL;',
                    hash="956ccd717b0ffe48564415186adbc6a1cd4558a3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_62ef6",
                    table="payroll_setaside",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="setasideevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fa679fbca504f8513758eca46effd086c494be3b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_618ed",
                    table="payroll_setasideevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taxcard",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payroll_taxcardevent" ("accumulated_before", "accumulates_from", "additional_percent", "base_percent", "ceiling", "fetched_at", "id", "kind", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid") VALUES (NEW."accumulated_before", NEW."accumulates_from", NEW."additional_percent", NEW."base_percent", NEW."ceiling", NEW."fetched_at", NEW."id", NEW."kind", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."valid"); RETURN NULL;',
                    hash="27da989bbfa4826bd22851d1738adcf95a854abb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7a97a",
                    table="payroll_taxcard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taxcard",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payroll_taxcardevent" ("accumulated_before", "accumulates_from", "additional_percent", "base_percent", "ceiling", "fetched_at", "id", "kind", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid") VALUES (NEW."accumulated_before", NEW."accumulates_from", NEW."additional_percent", NEW."base_percent", NEW."ceiling", NEW."fetched_at", NEW."id", NEW."kind", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."valid"); RETURN NULL;',
                    hash="6b018f4c8f3f2102374ef5427c9b79e915abdb5a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_961b7",
                    table="payroll_taxcard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taxcardevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="93edad60f75f51134726f20e54c3f0bae9cc9976",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_349d4",
                    table="payroll_taxcardevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
