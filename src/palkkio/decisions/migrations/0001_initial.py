import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

from palkkio.audit.triggers import triggers_of


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_squashed"),
        ("people", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.PositiveSmallIntegerField(choices=[(1, "Basic"), (2, "Work Or Study"), (3, "Other")])),
                ("order", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=80)),
                (
                    "employer",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("employer", "group", "order"), name="an_identifier_of_an_employer_is_given_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("order__gte", 1)), name="decisions_are_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("name__regex", "[0-9]"), _negated=True)
                        ),
                        name="the_name_of_a_decision_tells_no_figure",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="decisions_are_never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="d5f8d64e16d3aeb1ddf47402c450e3b6c393e025",
                            operation="UPDATE",
                            pgid="pgtrigger_decisions_are_never_changed_fe571",
                            table="decisions_decision",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("first", models.DateField()),
                ("last", models.DateField(null=True)),
                ("hours", models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                (
                    "per",
                    models.CharField(
                        blank=True,
                        choices=[("week", "week"), ("month", "month"), ("period", "period"), ("total", "total")],
                        max_length=10,
                    ),
                ),
                ("period_weeks", models.PositiveSmallIntegerField(null=True)),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                ("clock_times", models.CharField(blank=True, max_length=200)),
                ("two_at_once", models.BooleanField(default=False)),
                ("ground", models.TextField()),
                ("office_holder", models.CharField(max_length=120)),
                ("decided_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="decisions.decision"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "number"), name="a_version_has_a_number_of_its_own"),
                    models.CheckConstraint(
                        condition=models.Q(("last__isnull", True), ("last__gte", models.F("first")), _connector="OR"),
                        name="a_version_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hours__isnull", True), ("per", "")),
                            models.Q(("hours__gt", 0), models.Q(("per", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="hours_are_granted_for_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_weeks__isnull", True), ("per", "period"), _connector="XOR"),
                        name="a_period_has_a_length_in_weeks",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="versions_are_never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="04bd8cd2a79c819d3c5ac920537704d0c57c003f",
                            operation="UPDATE",
                            pgid="pgtrigger_versions_are_never_changed_df6ea",
                            table="decisions_decisionversion",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayGroupDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pay_group", models.CharField(choices=[("B1", "B1"), ("B2", "B2"), ("C", "C")], max_length=2)),
                ("first", models.DateField()),
                ("last", models.DateField(null=True)),
                ("ground", models.TextField()),
                ("office_holder", models.CharField(max_length=120)),
                ("decided_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "employer",
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
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["employer"], name="pay_groups_by_employer")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__isnull", True), ("last__gte", models.F("first")), _connector="OR"),
                        name="a_pay_group_decision_ends_after_it_begins",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="pay_group_decisions_are_never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="46d63666faa6154b99b67ea579ed077f3ca51f58",
                            operation="UPDATE",
                            pgid="pgtrigger_pay_group_decisions_are_never_changed_3a6da",
                            table="decisions_paygroupdecision",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayGroupNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
                ("came_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "assistant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="decisions.paygroupdecision",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "assistant"), name="an_assistant_is_told_of_a_pay_group_once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="pay_group_notices_are_never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="b1ef0c0bf7eeb14bfa029fe3c84d536ccf9699f4",
                            operation="UPDATE",
                            pgid="pgtrigger_pay_group_notices_are_never_changed_bfd75",
                            table="decisions_paygroupnotice",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.RunPython(triggers_of("decisions"), migrations.RunPython.noop),
    ]
