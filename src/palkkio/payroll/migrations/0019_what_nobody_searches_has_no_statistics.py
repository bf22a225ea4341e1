from django.db import migrations

# ANALYZE unpacks and sorts a sample of them, 2 s beside a large run, and no statement chooses rows by them.
COLUMNS = ("facts", "result", "sheets", "revision_ids", "late_month_ids", "causes", "problems")


def kept(target: int) -> str:
    """The statement that keeps statistics of this size of them; -1: as of other columns."""
    changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS {target}" for column in COLUMNS)
    return f"ALTER TABLE payroll_proposal {changes}"


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0018_what_a_proposal_names_is_held"),
    ]

    operations = [
        migrations.RunSQL(kept(0), kept(-1)),
    ]
