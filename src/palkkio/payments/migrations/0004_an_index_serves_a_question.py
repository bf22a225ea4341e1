import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_halves_of_a_month_have_their_own_days"),
        ("payments", "0003_what_is_owed_is_paid"),
        ("payroll", "0012_parts_keep_figures"),
        ("people", "0001_squashed"),
    ]

    operations = [
        # Taking the index of a column away takes every index of that column alone along, so these two go and come back.
        migrations.RemoveConstraint(model_name="payment", name="a_payslip_has_one_payment"),
        migrations.RemoveConstraint(model_name="payment", name="a_payment_is_replaced_once"),
        migrations.AlterField(
            model_name="payment",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="payslip",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="payroll.payslip",
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="replaces",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="payments.payment",
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="run",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="payroll.run",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("is_cancelled", False), models.Q(("outcome__in", ("rejected", "returned")), _negated=True)
                ),
                fields=("payslip",),
                name="a_payslip_has_one_payment",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_cancelled", False)), fields=("replaces",), name="a_payment_is_replaced_once"
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("payslip__isnull", False)), fields=["payslip"], name="payments_by_payslip"
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("person__isnull", False)), fields=["person"], name="payments_by_person"
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(condition=models.Q(("run__isnull", False)), fields=["run"], name="payments_by_run"),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("replaces__isnull", False)), fields=["replaces"], name="payments_by_replaces"
            ),
        ),
    ]
